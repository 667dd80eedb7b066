"""Importing ledgers as pages: upload, sheets, headings, unknown names, preview, result, undo."""
