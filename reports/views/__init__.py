"""Pages of the reports, one module a subject."""
