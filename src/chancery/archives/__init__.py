"""Archives: a million reports into a Parquet dataset, without a ledger, on one machine or many."""

from chancery.archives.coding import Job, Outcome, Progress, code
from chancery.archives.inputs import Fields
from chancery.archives.pool import Pool

__all__ = ["Fields", "Job", "Outcome", "Pool", "Progress", "code"]
