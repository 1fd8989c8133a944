"""Reading an Excel list of businesses, their products and their needs: bytes in, entries and problems out.

Nothing here queries or writes. ``archive`` refuses what is not a small, plain .xlsx file, ``workbook``
decodes it, ``headers`` finds the header row and what each column holds, ``rows`` turns the rows
beneath it into entries, and every doubt becomes a ``Problem`` that names its cell.
"""
