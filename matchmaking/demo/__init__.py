"""The demonstration: an invented trade contact, built through the same domain as real ones."""
