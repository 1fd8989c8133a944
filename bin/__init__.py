"""Tools of a clone: setting up, serving on one computer, translations, the browser of the tests."""
