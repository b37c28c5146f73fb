"""Lines of the ledger as people are told them: in words, as facts, as rows; for terminals and pages alike."""
