"""Hand out the content of a file."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.instance import COMMENTS, find_instance
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.showing import CLEAR
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, NotFound
from guanxi.storage.files import StoredFile, file_content, find_files

NO_FILE = N_("There is no such file, or it is not for you to see.")


async def read_file(workspace: Workspace, actor: Actor, id_: int) -> tuple[StoredFile, bytes]:
    """What is known of a file, and its bytes.

    Who may read the record that holds it and the field in it may read the file, who may see a process the
    files of its remarks; one that belongs nowhere yet is for who uploaded it. Raises NotFound for everybody
    else.
    """

    async def work(turn: Turn) -> tuple[StoredFile, bytes]:
        found = (await find_files(turn.session, [id_])).get(id_)
        if found is None or not await _may_read(turn, found):
            raise NotFound(NO_FILE)
        content = await file_content(turn.session, id_)
        if content is None:
            raise NotFound(NO_FILE)
        return found, content

    return await workspace.read(actor, work)


async def _may_read(turn: Turn, found: StoredFile) -> bool:
    if found.record_id is None:
        return turn.actor.user_id is not None and found.uploaded_by == turn.actor.user_id
    try:
        if found.entity == COMMENTS:
            return await find_instance(turn, found.record_id) is not None
        entity = entity_of(turn, found.entity)
        if found.field not in entity.fields:
            return False
        record, right = await find_record(turn, entity, found.record_id)
    except NotFound:
        return False
    return record.get(f"{found.field}.id") == found.id and right.fields.get(found.field) in CLEAR
