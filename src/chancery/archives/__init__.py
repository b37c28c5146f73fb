"""Archives: a million reports into a Parquet dataset, without a ledger, on one machine or many."""

from chancery.archives.coding import Job, Progress, Workers, code
from chancery.archives.inputs import Fields
from chancery.archives.loading import readings
from chancery.archives.manifest import Totals
from chancery.archives.pool import Pool

__all__ = ["Fields", "Job", "Pool", "Progress", "Totals", "Workers", "code", "readings"]
