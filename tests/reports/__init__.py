"""Stories of the reports."""
