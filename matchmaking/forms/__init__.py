"""Forms of bringing businesses together, one module a subject."""
