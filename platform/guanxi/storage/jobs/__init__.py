"""Jobs: work that follows a command, behind one interface with two back ends.

A job is deferred in the transaction of whoever wants it done, so it exists exactly if that commits. On SQLite
it is a row of `g_job` that a loop in the server process takes (`embedded`); on PostgreSQL it is one of
procrastinate's, taken by its worker (`server`). Either way a job that fails is tried again, one that fails
for good is kept, and one whose process died is taken over when its lease has run out: a handler may run more
than once and has to be idempotent.
"""

from guanxi.storage.jobs.failures import FailedJob, count_failed, discard_failed, failed_jobs, retry_failed
from guanxi.storage.jobs.job import Again, Attempt, Died, GiveUp, Handler, Job, Work
from guanxi.storage.jobs.queueing import count_waiting_jobs, defer
from guanxi.storage.jobs.running import run_jobs

__all__ = [
    "Again",
    "Attempt",
    "Died",
    "FailedJob",
    "GiveUp",
    "Handler",
    "Job",
    "Work",
    "count_failed",
    "count_waiting_jobs",
    "defer",
    "discard_failed",
    "failed_jobs",
    "retry_failed",
    "run_jobs",
]
