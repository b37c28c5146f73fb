"""chancery: a ledger of dealings between states, read from news reports."""
