"""What people may ask of lists of products and of the table of complements, read from the query string."""
