"""The answers an office gives: numbers that open the rows they are made of, charts, PDF, XLSX."""
