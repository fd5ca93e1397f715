"""One scheduled job, as every scheduler needs it."""

import hashlib
from dataclasses import dataclass

from sheets_sync.domain.jobs import Job

RUN_LOG = "run.log"
"""Where a scheduled run leaves its words, in the school's folder."""

RUN_REPORTS = "run.jsonl"
"""Where it leaves its report, one JSON object a line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A job with the command that runs it.

    Shape: `school` is the absolute path of the school's folder; `program` are the words that start the
    program with its global options, without any secret: a key is named by the path of its file.
    """

    job: Job
    school: str
    program: tuple[str, ...]

    @property
    def caption(self) -> str:
        """What people read about the job, on one line."""
        return f"{' '.join(self.job.title.split())}: {self.job.schedule}, {self.job.time_zone}"

    def words(self, *options: str) -> tuple[str, ...]:
        """Return the command that runs the job."""
        return (*self.program, "run", self.job.id, *options, "--json")


def school_mark(school: str) -> str:
    """Return eight hexadecimal digits that tell this school's pieces from those of another on one machine."""
    return hashlib.blake2s(school.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
