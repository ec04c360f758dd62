"""Plain words on fields, beside those that the tables themselves carry."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

FACTS = _(
    "Numbers of the facts it rests on, with commas between them: F-05, G-05. They are looked up under Facts."
)
SITUATIONS = _("One of these is enough. Nothing ticked: shown to everybody.")
LIST_ENTRY = _("The words of the list, as the source writes them. Visitors read them.")
COUNTRY = _("Only countries of this edition; add a missing one under Countries first.")
POSITION = _("The order on the page: 1 comes first.")
SOURCE = _("The document that says so. A new one is added under Sources first.")
HELP_TEXTS = {
    "edition.title": _(
        "The full name that visitors read, such as: IRCC, T52 instructions of 3 October 2024."
    ),
    "edition.summary": _("Two or three sentences for the public page of editions."),
    "edition.publisher": _("Who wrote the source."),
    "edition.url": _("Where the source can be read."),
    "edition.classification": _("The version of the NOC whose codes the lists use."),
    "edition.source_modified": _("The day that the source itself gives as its last change; may be empty."),
    "edition.read_on": _("The day on which somebody of yours read the source."),
    "edition.effective_to": _("Only where the source itself says that it ends."),
    "country.country": _("The country whose citizens, or permanent residents, this row is about."),
    "country.covered": _(
        "Ticked where the agreement lets people of this country apply. Otherwise every answer is no."
    ),
    "country.statuses": _("Who counts as a person of this country. A covered country needs at least one."),
    "country.spouse_statuses": _("With which of these statuses the spouse may ask for a permit too."),
    "country.note": _("What a visitor from there should know, in full sentences; may be empty."),
    "requirement.country": _(
        "The country, or every other country: the row for countries without one of their own."
    ),
    "requirement.category": _("Professionals do work of TEER 0 and 1, technicians of TEER 2 and 3."),
    "requirement.teers": _(
        "The levels of work that this category takes. TEER is the second digit of a code."
    ),
    "requirement.min_education_years": _("Exactly as many years are enough. Half years: 2.5."),
    "requirement.credential_rule": _("The kind of diploma that counts."),
    "requirement.equivalent_years_with_letter": _(
        "Fewer years that are accepted with a letter of the employer; empty where there is no such rule."
    ),
    "requirement.equivalent_country": _(
        "The shorter study must have been there. Give it together with the years."
    ),
    "requirement.min_experience_years": _(
        "Paid years in the sector of the contract. Exactly as many are enough."
    ),
    "requirement.degree_field_related_required": _(
        "Ticked where the diploma must be in the field of the job."
    ),
    "requirement.licence_grace_months": _(
        "How long a person may take to obtain a missing licence. 0: it must be there when they apply."
    ),
    "condition.slug": _(
        "A short name of small letters, digits and hyphens, by which lines of the list name it."
    ),
    "condition.question": _("One question that a visitor can answer with yes or no."),
    "condition.help": _("What the question means, in plain words; may be empty."),
    "occupationrule.country": COUNTRY,
    "occupationrule.category": _("Professionals do work of TEER 0 and 1, technicians of TEER 2 and 3."),
    "occupationrule.effect": _(
        "Include: the work is on the list. Exclude: it is taken off, whatever includes it."
    ),
    "occupationrule.list_entry": LIST_ENTRY,
    "occupationrule.unit_group": _(
        "Type a code or a few letters of the title. Or tick TEERs below, not both."
    ),
    "occupationrule.teers": _("Instead of one occupation: every code of these TEERs."),
    "occupationrule.when": _("The line applies only if the visitor answers yes to this question."),
    "occupationrule.unless": _("The line does not apply if the visitor answers yes to this question."),
    "occupationrule.confidence": _(
        "How the code was found, for colleagues: primary entry; code from identical title."
    ),
    "occupationrule.min_education_years": _(
        "Only where the list asks for another length of study than the country does."
    ),
    "occupationrule.education_note": _("A sentence that the visitor is asked to check; may be empty."),
    "occupationrule.note": _("For visitors who ask why; may be empty."),
    "uncodedentry.country": COUNTRY,
    "uncodedentry.category": _("Professionals do work of TEER 0 and 1, technicians of TEER 2 and 3."),
    "uncodedentry.effect": _("What the line would do if it had a code."),
    "uncodedentry.list_entry": LIST_ENTRY,
    "uncodedentry.note": _("Why there is no code yet; may be empty."),
    "criterionfacts.criterion": _("The part of the answer that these facts stand behind, in every case."),
    "citation.fact": _("Type its number or a word of its title."),
    "citation.source": _("Type its number or a word of its title."),
    "citation.position": _("1 is the best source, the one that is named first."),
    "editioncheck.edition": _("The edition that you compared with its source."),
    "editioncheck.checked_on": _("The day on which you compared them."),
    "editioncheck.finding": _("What you found: nothing has changed, or what has."),
    "sourcecheck.source": SOURCE,
    "sourcecheck.checked_on": _("The day on which you compared them."),
    "sourcecheck.finding": _("What you found: nothing has changed, or what has."),
    "periodinforce.reason": _("Why this edition decides from that day on. It is public."),
    "translation.context": _("The table and column that the English text stands in."),
    "translation.english": _(
        "Exactly as it stands there. The translation serves every row with these words."
    ),
    "translation.language": _("Two small letters: fr, es or ja."),
    "translation.text": _("The same in the other language."),
    "countryname.country": _("Two capital letters: AU."),
    "countryname.language": _("Two small letters: en, fr, es or ja."),
    "countryname.name": _("The country's name in that language, as a list would write it."),
    "occupationsynonym.unit_group": _("Type a code or a few letters of the title."),
    "occupationsynonym.language": _("The language in which people search with these words."),
    "occupationsynonym.source": _("Who collected it. Leave it as it is for your own."),
    "guidetext.english": _("The text of the guide that you want to say in other words."),
    "guidetext.text": _(
        "What the guide says instead, as plain text. Keep the places in brackets: pages put names there."
    ),
    "source.id": _("A short number of its own, such as S-36. It cannot change later."),
    "source.title": _("As the document calls itself."),
    "source.publisher": _("Who wrote it."),
    "difference.fact": _("The number of the difference: D-01."),
    "difference.topic": _("What the editions differ about, in a few words."),
    "otherdoor.country": _("Two capital letters, or * for everyone."),
    "otherdoor.name": _("What the permit is called."),
    "otherdoor.code": _("Its code at IRCC, such as T36; may be empty."),
    "applicationroute.slug": _("A short name for the code of pages. It cannot change later."),
    "applicationroute.position": POSITION,
    "applicationroute.title": _("The heading that visitors read."),
    "applicationroute.what": _("What this way is, in one or two sentences."),
    "applicationroute.source": SOURCE,
    "applicationrule.route": _("The way to apply that this rule opens or closes."),
    "applicationrule.position": _("Rules are tried in this order; the first that holds decides."),
    "applicationrule.standing": _("What holds for such a visitor."),
    "applicationrule.source": SOURCE,
    "adviceline.slug": _("A short name. It cannot change later."),
    "adviceline.position": POSITION,
    "adviceline.part": _("The part of the page in which the line stands."),
    "adviceline.any_of": SITUATIONS,
    "adviceline.checked_on": _("The day on which somebody of yours last compared it with its source."),
    "adviceline.source": SOURCE,
    "fee.position": POSITION,
    "fee.label": _("What is paid for, as visitors read it."),
    "fee.amount": _("In dollars and cents: 155.00."),
    "fee.payers": _("Who pays it. At least one."),
    "fee.unit": _("What the amount is multiplied by."),
    "fee.any_of": SITUATIONS,
    "fee.counted": _("Ticked where most people pay it, so that it is added up."),
    "fee.note": _("What else is to be said of it; may be empty."),
    "fee.source": SOURCE,
    "permitterm.slug": _("The same for every length of this term."),
    "permitterm.months": _("Whole months."),
    "permitterm.source": SOURCE,
    "embeddingsite.active": _("Ticked while the site may show the card."),
    "embeddingsite.note": _("Who they are, for colleagues."),
}
"""`model.field` -> what a colleague needs to know to fill it in."""


def help_text_of(field: models.Field[object, object]) -> str:
    """The words for a field of a form; empty where the table's own are enough or there are none."""
    if field.name == "fact_ids":
        return str(FACTS)
    return str(HELP_TEXTS.get(f"{field.model._meta.model_name}.{field.name}", ""))
