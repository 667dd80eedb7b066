"""Importing what an office keeps in Excel (业务台账导入): areas, units, persons, firms, read, compared, written, taken back.

For: reading a ledger as it is, and writing it through the services of the rooms it belongs to.
Not for: monthly figures of firms (`ledgers/fact_import`), and ledgers out (`ledgers`).
"""
