"""The field types: one file each. `FIELD_TYPES` finds them by the name that definitions use."""

from collections.abc import Mapping

from guanxi.definitions.fields.address import AddressField
from guanxi.definitions.fields.base import FieldProblem, FieldType
from guanxi.definitions.fields.boolean import BooleanField
from guanxi.definitions.fields.date import DateField
from guanxi.definitions.fields.datetime import DatetimeField
from guanxi.definitions.fields.decimal import DecimalField
from guanxi.definitions.fields.duration import DurationField
from guanxi.definitions.fields.email import EmailField
from guanxi.definitions.fields.file import FileField, ImageField
from guanxi.definitions.fields.integer import IntegerField
from guanxi.definitions.fields.lines import LinesField
from guanxi.definitions.fields.long_text import LongTextField
from guanxi.definitions.fields.money import Money, MoneyField
from guanxi.definitions.fields.multi_select import MultiSelectField
from guanxi.definitions.fields.percent import PercentField
from guanxi.definitions.fields.phone import PhoneField
from guanxi.definitions.fields.rating import RatingField
from guanxi.definitions.fields.reference import ReferenceField
from guanxi.definitions.fields.references import ReferencesField
from guanxi.definitions.fields.select import SelectField
from guanxi.definitions.fields.sequence import SequenceField
from guanxi.definitions.fields.stage import StageField
from guanxi.definitions.fields.text import TextField
from guanxi.definitions.fields.time import TimeField
from guanxi.definitions.fields.url import UrlField

__all__ = ["FIELD_TYPES", "FieldProblem", "FieldType", "Money"]

FIELD_TYPES: Mapping[str, FieldType] = {
    kind.name: kind
    for kind in (
        TextField(),
        LongTextField(),
        EmailField(),
        PhoneField(),
        UrlField(),
        RatingField(),
        IntegerField(),
        DecimalField(),
        MoneyField(),
        PercentField(),
        BooleanField(),
        DateField(),
        DatetimeField(),
        TimeField(),
        DurationField(),
        SelectField(),
        MultiSelectField(),
        AddressField(),
        ReferenceField(),
        ReferencesField(),
        LinesField(),
        SequenceField(),
        FileField(),
        ImageField(),
        StageField(),
    )
}
