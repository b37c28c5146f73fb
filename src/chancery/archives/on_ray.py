"""The same work on Ray Data: a laptop's own Ray, or a cluster's (`pip install chancery[ray]`).

Ray places the workers, feeds them and does again what a lost machine had in hand; nothing here does. What a
chunk made comes back to the first process, which alone writes: no shared disk is needed, and a chunk
is done once, whoever read it how often. Chunks that Ray gives up, because a report kills its
workers, are read by a pool here, which finds out which report it is.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterable, Iterator
from typing import Any, Final, Self

import pyarrow as pa

from chancery.archives.manifest import Coded
from chancery.archives.planning import Chunk
from chancery.archives.pool import Makes, Pool, coder
from chancery.errors import RayMissing
from chancery.settings import Settings

_STORE: Final = 512 * 2**20  # bytes of shared memory of a Ray of our own; more is kept on the disk


class RayWorkers:
    """Use it as a context manager; a Ray that was started here ends with it."""

    def __init__(
        self, workers: int, settings: Settings, *, address: str | None = None, make: Makes = coder
    ) -> None:
        self._workers = workers
        self._settings = settings
        self._address = address
        self._make = make

    def __enter__(self) -> Self:
        """Raises `RayMissing`."""
        try:
            import ray  # noqa: PLC0415 (an optional extra, and seconds)
        except ImportError as missing:
            raise RayMissing("is not installed; pip install 'chancery[ray]'") from missing
        logging.getLogger("ray").setLevel(logging.ERROR)  # `told` says how far a run is
        own = {} if self._address else {"num_cpus": self._workers, "object_store_memory": _STORE}
        try:
            ray.init(
                address=self._address, include_dashboard=False, log_to_driver=False,
                logging_level=logging.ERROR, **own,
            )  # fmt: skip
        except (ConnectionError, RuntimeError, ValueError, TimeoutError) as refused:
            raise RayMissing(f"does not answer ({str(refused).partition(chr(10))[0]})") from refused
        return self

    def __exit__(self, *_: object) -> None:
        import ray  # noqa: PLC0415

        ray.shutdown()

    def run(self, chunks: Iterable[Chunk]) -> Iterator[Coded]:
        """What each chunk made, in the order they are finished."""
        import ray  # noqa: PLC0415

        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        context.max_errored_blocks = -1
        given = {chunk.number: ray.put(_packed(chunk)) for chunk in chunks}
        made = ray.data.from_arrow_refs(list(given.values())).map_batches(
            _Worker, fn_constructor_args=(self._make, self._settings), batch_size=1,
            batch_format="pyarrow", compute=ray.data.ActorPoolStrategy(size=self._workers), num_cpus=1,
        )  # fmt: skip
        for row in made.iter_rows():
            coded: Coded = pickle.loads(row["made"])  # noqa: S301 (our own workers')
            del given[coded.number]
            yield coded
        left = [_unpacked(ray.get(ref)) for ref in given.values()]
        if left:
            with Pool(self._workers, self._settings, make=self._make) as pool:
                yield from pool.run(left)


def _packed(chunk: Chunk) -> pa.Table:
    return pa.table({"chunk": pa.array([pickle.dumps(chunk)], pa.large_binary())})


def _unpacked(table: pa.Table) -> Chunk:
    chunk: Chunk = pickle.loads(table["chunk"][0].as_py())  # noqa: S301 (made by `_packed`)
    return chunk


class _Worker:
    """One of Ray's; it lives for the whole run, and so does its model."""

    def __init__(self, make: Makes, settings: Settings) -> None:
        self._coder = make(settings)

    def __call__(self, batch: Any) -> Any:
        chunk = _unpacked(batch)
        coded = self._coder.code(chunk.number, chunk.items, {}, lambda _: None)
        return pa.table({"made": pa.array([pickle.dumps(coded)], pa.large_binary())})
