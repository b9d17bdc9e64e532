"""A beginning that the team edits: expressions of fraud and advertising, in the three languages."""

from django.db import migrations

EXPRESSIONS = {
    "ar": ["ويسترن يونيون", "بيتكوين", "ربحتم جائزة", "يانصيب", "قرض عاجل", "ربح مضمون", "كازينو", "رقم البطاقة البنكية"],
    "fr": [
        "western union",
        "bitcoin",
        "loterie",
        "vous avez gagné",
        "prêt entre particuliers",
        "gain garanti",
        "casino en ligne",
        "numéro de carte bancaire",
    ],
    "en": [
        "western union",
        "bitcoin",
        "lottery",
        "you have won",
        "urgent loan",
        "guaranteed profit",
        "online casino",
        "credit card number",
    ],
}


def write(apps, schema_editor) -> None:
    HeldExpression = apps.get_model("messaging", "HeldExpression")
    HeldExpression.objects.bulk_create(
        HeldExpression(text=text, language=language) for language, texts in EXPRESSIONS.items() for text in texts
    )


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_requests")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop, elidable=True)]
