"""Ten criteria of one category as other people's rule engines decide them; `bench.deciding` checks that they agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import business_rules
import json_logic
import rule_engine
import zen
from business_rules.actions import BaseActions, rule_action
from business_rules.variables import (
    BaseVariables,
    boolean_rule_variable,
    numeric_rule_variable,
    string_rule_variable,
)
from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

Record = dict[str, Any]
Decide = Callable[[Record], bool]
BACHELOR = 5
MONTH = "2026-11"
TEXTS = {"country": "MX", "status": "citizen", "offer": "written"}
TRUE, FALSE = ("listed", "related", "licensed"), ("controls",)
AT_LEAST = {"years": "needed_years", "experience": "needed_experience", "wage": "prevailing"}


def plain_trace() -> Decide:
    """The plainest code that keeps what an assessment keeps: of each criterion outcome, reason, given and required.

    One category, where `assess` judges two; without papers and sources.
    """

    def decide(record: Record) -> bool:
        trace = [
            _entry("country", record["country"] == "MX", record["country"], "MX"),
            _entry("status", record["status"] == "citizen", record["status"], "citizen"),
            _entry("offer", record["offer"] == "written", record["offer"], "written"),
            _entry("listed", record["listed"] is True, record["listed"], True),
            _entry("level", record["level"] >= BACHELOR, record["level"], BACHELOR),
            _entry("related", record["related"] is True, record["related"], True),
            _entry("licensed", record["licensed"] is True, record["licensed"], True),
            _entry("controls", record["controls"] is False, record["controls"], False),
        ]
        for name, least in AT_LEAST.items():
            trace.append(_entry(name, record[name] >= record[least], record[name], record[least]))
        return all(entry["outcome"] == "passes" for entry in trace)

    return decide


def _entry(criterion: str, passes: bool, given: object, required: object) -> Record:
    return {
        "criterion": criterion,
        "outcome": "passes" if passes else "fails",
        "reason": f"{criterion}_{'sufficient' if passes else 'not_sufficient'}",
        "given": given,
        "required": required,
    }


def zen_engine() -> Decide:
    conditions = [f'{name} == "{value}"' for name, value in TEXTS.items()]
    conditions += [f"{name} == true" for name in TRUE] + [f"{name} == false" for name in FALSE]
    conditions += [f"{name} >= {other}" for name, other in AT_LEAST.items()] + [f"level >= {BACHELOR}"]
    graph = {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {
                "id": "decide",
                "name": "decide",
                "type": "expressionNode",
                "content": {
                    "expressions": [{"id": "e", "key": "eligible", "value": " and ".join(conditions)}]
                },
            },
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "decide", "type": "edge"},
            {"id": "2", "sourceId": "decide", "targetId": "out", "type": "edge"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    return lambda record: bool(decision.evaluate(record)["result"]["eligible"])


def json_logic_engine() -> Decide:
    rule = {
        "and": [
            *({"==": [{"var": name}, value]} for name, value in TEXTS.items()),
            *({"==": [{"var": name}, True]} for name in TRUE),
            *({"==": [{"var": name}, False]} for name in FALSE),
            *({">=": [{"var": name}, {"var": other}]} for name, other in AT_LEAST.items()),
            {">=": [{"var": "level"}, BACHELOR]},
        ]
    }
    return lambda record: bool(json_logic.jsonLogic(rule, record))


def rule_engine_engine() -> Decide:
    conditions = [f'{name} == "{value}"' for name, value in TEXTS.items()]
    conditions += [f"{name} == true" for name in TRUE] + [f"{name} == false" for name in FALSE]
    conditions += [f"{name} >= {other}" for name, other in AT_LEAST.items()] + [f"level >= {BACHELOR}"]
    rule = rule_engine.Rule(" and ".join(conditions))
    return lambda record: bool(rule.matches(record))


def _variables() -> type[BaseVariables]:
    """business-rules finds its variables as decorated methods of a class."""

    def read(name: str) -> Callable[[Any], Any]:
        def value(self: Any) -> Any:
            return self.record[name]

        value.__name__ = name
        return value

    margins = {name: f"{name}_margin" for name in AT_LEAST}
    members: dict[str, Any] = {name: string_rule_variable()(read(name)) for name in TEXTS}
    members |= {name: boolean_rule_variable()(read(name)) for name in (*TRUE, *FALSE)}
    for name, margin in margins.items():
        members[margin] = numeric_rule_variable()(_margin(name, margin))
    members["level"] = numeric_rule_variable()(read("level"))
    members["__init__"] = _keep_record
    return type("PersonVariables", (BaseVariables,), members)


def _margin(name: str, margin: str) -> Callable[[Any], float]:
    def value(self: Any) -> float:
        return float(self.record[name] - self.record[AT_LEAST[name]])

    value.__name__ = margin
    return value


def _keep_record(self: Any, record: Record) -> None:
    self.record = record


class _Actions(BaseActions):  # type: ignore[misc] # business-rules has no types
    def __init__(self) -> None:
        self.eligible = False

    @rule_action()  # type: ignore[untyped-decorator] # business-rules has no types
    def accept(self) -> None:
        self.eligible = True


def business_rules_engine() -> Decide:
    conditions: list[Record] = [
        {"name": name, "operator": "equal_to", "value": value} for name, value in TEXTS.items()
    ]
    conditions += [{"name": name, "operator": "is_true", "value": ""} for name in TRUE]
    conditions += [{"name": name, "operator": "is_false", "value": ""} for name in FALSE]
    numbers = {**{f"{name}_margin": 0 for name in AT_LEAST}, "level": BACHELOR}
    conditions += [
        {"name": name, "operator": "greater_than_or_equal_to", "value": least}
        for name, least in numbers.items()
    ]
    rules = [{"conditions": {"all": conditions}, "actions": [{"name": "accept", "params": {}}]}]
    known = _variables()

    def decide(record: Record) -> bool:
        actions = _Actions()
        business_rules.run_all(rule_list=rules, defined_variables=known(record), defined_actions=actions)
        return actions.eligible

    return decide


def openfisca() -> Decide:
    person = entities.build_entity(key="person", plural="people", label="A person", is_person=True)
    system = taxbenefitsystems.TaxBenefitSystem([person])

    def variable(name: str, kind: type, formula: Callable[..., Any] | None = None) -> None:
        members: dict[str, Any] = {
            "value_type": kind,
            "entity": person,
            "definition_period": periods.DateUnit.MONTH,
        }
        members |= {"label": name} | ({} if formula is None else {"formula": formula})
        system.add_variable(type(name, (variables.Variable,), members))

    for name in TEXTS:
        variable(name, str)
    for name in (*TRUE, *FALSE):
        variable(name, bool)
    for name in (*AT_LEAST, *AT_LEAST.values(), "level"):
        variable(name, float)

    def eligible(people: Any, period: Any) -> Any:
        found = people("level", period) >= BACHELOR
        for name, value in TEXTS.items():
            found = found * (people(name, period) == value)
        for name in TRUE:
            found = found * people(name, period)
        for name in FALSE:
            found = found * (people(name, period) == 0)
        for name, other in AT_LEAST.items():
            found = found * (people(name, period) >= people(other, period))
        return found

    variable("eligible", bool, eligible)

    def decide(record: Record) -> bool:
        simulation = simulations.SimulationBuilder().build_default_simulation(system, 1)
        for name, value in record.items():
            simulation.set_input(name, MONTH, [value])
        return bool(simulation.calculate("eligible", MONTH)[0])

    return decide


ENGINES: dict[str, Callable[[], Decide]] = {
    "plain trace": plain_trace,
    "zen-engine": zen_engine,
    "json-logic": json_logic_engine,
    "rule-engine": rule_engine_engine,
    "business-rules": business_rules_engine,
    "OpenFisca": openfisca,
}
