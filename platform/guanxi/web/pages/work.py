"""Background work, for administrators of processes: jobs that failed, mails and webhooks."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.jobs.discard_job import discard_job
from guanxi.commands.jobs.list_jobs import list_jobs
from guanxi.commands.jobs.retry_job import retry_job
from guanxi.commands.messaging.list_deliveries import DeliveriesView, list_deliveries
from guanxi.errors import N_, Text
from guanxi.web.api.query import id_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.frame import ConfirmPage
from guanxi.web.rendering.views.values import Notice, Tone
from guanxi.web.rendering.views.work import DeliveryRow, JobRow, WorkPage

HERE = "/work"
JOBS = {
    "mail": N_("Send a mail"),
    "webhook": N_("Call a webhook"),
    "timer": N_("Do what was due"),
    "reaction": N_("React to an event"),
    "begin automation": N_("Begin an automation"),
    "begin automations": N_("Begin an automation for many records"),
    "tell automation": N_("Tell an automation what happened"),
}
STATES: dict[str, tuple[Text, Tone]] = {
    "waiting": (N_("Waiting"), "info"),
    "sending": (N_("Being sent"), "info"),
    "sent": (N_("Sent"), "ok"),
    "failed": (N_("Failed"), "bad"),
    "doubtful": (N_("May have arrived"), "warn"),
    "skipped": (N_("Not sent"), "neutral"),
}
NO_ACCOUNT = N_("No mail is sent")
SET_ACCOUNT = N_(
    "This workspace has no mail account, so {count} mails were not sent; people were told in the "
    "application. The operator sets GUANXI_MAIL_HOST and GUANXI_MAIL_SENDER."
)
QUESTION, ASK = N_("Discard this job?"), N_("What it was to do is not done, now or later.")
DISCARD = N_("Discard")


async def show(request: Request) -> Response:
    """What failed, and what goes out."""
    context = context_of(request)
    say = context.words.say
    view = await list_jobs(context.workspace, context.signed_in)
    sent = await list_deliveries(context.workspace, context.signed_in)
    jobs = [
        JobRow(
            title=say(JOBS[job.name]) if job.name in JOBS else job.name,
            error=job.error,
            attempts=job.attempts,
            retry_href=f"{HERE}/{job.id}/retry",
            discard_href=f"{HERE}/{job.id}/discard",
            at=job.at,
        )
        for job in view.failed
    ]
    deliveries = [
        DeliveryRow(
            icon="mail" if one.channel == "mail" else "webhook",
            target=one.target,
            state=say(STATES[one.state][0]),
            tone=STATES[one.state][1],
            at=one.ended_at or one.created_at,
            attempts=one.attempts,
            error=one.error,
        )
        for one in sent.deliveries
    ]
    page = WorkPage(waiting=view.waiting, jobs=jobs, deliveries=deliveries, notice=_notice(request, sent))
    return await framed(request, "work.html", page)


def _notice(request: Request, sent: DeliveriesView) -> Notice | None:
    if sent.mail_account or not sent.skipped:
        return None
    say = context_of(request).words.say
    return Notice(tone="warn", title=say(NO_ACCOUNT), text=say(SET_ACCOUNT(count=sent.skipped)))


async def retry(request: Request) -> Response:
    """The job is tried again."""
    context = context_of(request)
    await retry_job(context.workspace, context.signed_in, id_of(request.path_params["id"]))
    return onward(HERE, "retried")


async def ask(request: Request) -> Response:
    """Really?"""
    context = context_of(request)
    say, id_ = context.words.say, id_of(request.path_params["id"])
    await list_jobs(context.workspace, context.signed_in, 1)
    page = ConfirmPage(
        title=say(QUESTION), text=say(ASK), action=f"{HERE}/{id_}/discard", confirm=say(DISCARD), cancel=HERE
    )
    return await framed(request, "confirm.html", page)


async def discard(request: Request) -> Response:
    """The job is thrown away."""
    context = context_of(request)
    await discard_job(context.workspace, context.signed_in, id_of(request.path_params["id"]))
    return onward(HERE, "discarded")
