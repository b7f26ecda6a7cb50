"""The addresses of Studio."""

from guanxi.errors import N_
from guanxi.studio import (
    access,
    actions,
    automations,
    fields,
    grants,
    history,
    layouts,
    new_entity,
    overview,
    packs,
    preview,
    publishing,
    removal,
    renaming,
    roles,
    rules,
    settings,
    stages,
    tables,
)
from guanxi.studio.flows import approvals, automation, process, trying
from guanxi.studio.flows import removal as flow_removal
from guanxi.studio.flows import rules as flow_rules
from guanxi.studio.flows import steps as flow_steps
from guanxi.web.areas import Area, Entry
from guanxi.web.routing import methods

ENTITY = "/studio/entities/{entity}"
APPROVAL = "/studio/approvals/{approval}"
AUTOMATION = "/studio/automations/{automation}"
STUDIO = Area(
    routes=[
        methods("/studio", GET=overview.show),
        methods("/studio/publish", GET=publishing.show, POST=publishing.publish),
        methods("/studio/discard", POST=publishing.discard),
        methods("/studio/history", GET=history.show),
        methods("/studio/history/{digest}", GET=history.ask, POST=history.go_back),
        methods("/studio/packs", GET=packs.show, POST=packs.send),
        methods("/studio/packs/upgrade", POST=packs.publish),
        methods("/studio/roles", GET=roles.show),
        methods("/studio/new-role", GET=roles.new, POST=roles.add),
        methods("/studio/roles/{role}", GET=roles.edit, POST=roles.save),
        methods("/studio/roles/{role}/{entity}", GET=grants.show, POST=grants.save),
        methods("/studio/new-entity", GET=new_entity.show, POST=new_entity.add),
        methods("/studio/automations", GET=automations.index),
        methods("/studio/automations/new", GET=automation.new, POST=automation.add),
        methods(AUTOMATION, GET=process.show, POST=process.save),
        methods(f"{AUTOMATION}/turn", POST=automations.turn),
        methods(f"{AUTOMATION}/settings", GET=automation.show, POST=automation.save),
        methods(f"{AUTOMATION}/new-step", GET=flow_steps.new, POST=flow_steps.save),
        methods(f"{AUTOMATION}/steps/{{step}}", GET=flow_steps.show, POST=flow_steps.save),
        methods("/studio/tables", GET=tables.index),
        methods("/studio/tables/{table}", GET=tables.show, POST=tables.save),
        methods("/studio/tables/{table}/csv", GET=tables.download),
        methods("/studio/tables/{table}/import", POST=tables.take),
        methods("/studio/approvals", GET=approvals.index),
        methods("/studio/approvals/new", GET=approvals.new, POST=approvals.add),
        methods(APPROVAL, GET=process.show, POST=process.save),
        methods(f"{APPROVAL}/settings", GET=flow_rules.show, POST=flow_rules.save),
        methods(f"{APPROVAL}/remove", GET=flow_removal.ask, POST=flow_removal.confirm),
        methods(f"{APPROVAL}/try", GET=trying.show, POST=trying.play),
        methods(f"{APPROVAL}/new-step", GET=flow_steps.new, POST=flow_steps.save),
        methods(f"{APPROVAL}/steps/{{step}}", GET=flow_steps.show, POST=flow_steps.save),
        methods(ENTITY, GET=fields.show),
        methods(f"{ENTITY}/stages", GET=stages.show, POST=stages.save),
        methods(f"{ENTITY}/actions", GET=actions.first),
        methods(f"{ENTITY}/new-action", GET=actions.new, POST=actions.save),
        methods(f"{ENTITY}/actions/{{action}}", GET=actions.show, POST=actions.save),
        methods(f"{ENTITY}/actions/{{action}}/remove", GET=removal.ask_action, POST=removal.confirm_action),
        methods(f"{ENTITY}/access", GET=access.show, POST=access.save),
        methods(f"{ENTITY}/settings", GET=settings.show, POST=settings.save),
        methods(f"{ENTITY}/new-field", GET=fields.new, POST=fields.add),
        methods(f"{ENTITY}/fields/{{path}}", GET=fields.edit, POST=fields.save),
        methods(f"{ENTITY}/fields/{{path}}/remove", GET=removal.ask, POST=removal.confirm),
        methods(f"{ENTITY}/fields/{{path}}/rename", GET=renaming.ask, POST=renaming.confirm),
        methods(f"{ENTITY}/layouts", GET=layouts.first),
        methods(f"{ENTITY}/layouts/{{view}}", GET=layouts.show, POST=layouts.save),
        methods(f"{ENTITY}/rules", GET=rules.show, POST=rules.save),
        methods(f"{ENTITY}/preview", GET=preview.show, POST=preview.show),
    ],
    entries=[Entry(N_("Studio"), "/studio", "layers", "studio")],
)
