"""Build the worder: the model's where a key is set, the template's where none is."""

from __future__ import annotations

from sqlalchemy import Engine

from service.adapters.days import today
from service.adapters.files import prompts_folder
from service.adapters.model.files import read_prices, read_prompt, read_rules, read_topics
from service.adapters.model.ledger import DatabaseLedger, read_limits
from service.adapters.model.names import make_namer
from service.adapters.model.openai_model import OpenAiModel, load_sdk
from service.adapters.model.shells import DatabaseShells
from service.adapters.model.tally import MetricsTally
from service.model.caller import Caller
from service.model.ports import NoShells
from service.model.till import Till
from service.model.worder import Manner, ModelWorder
from service.settings import Settings


def build_model_worder(settings: Settings, database: Engine) -> ModelWorder:
    """Put the model's worder together; only here is the SDK loaded."""
    load_sdk()
    prompts = prompts_folder(settings.prompts_dir)
    prompt, topics, prices = read_prompt(prompts), read_topics(prompts), read_prices(prompts)
    name_user = make_namer(settings)
    ledger = DatabaseLedger(database, read_limits(settings, prices), today=today, name_user=name_user)
    tally = MetricsTally(ledger)
    caller = Caller(OpenAiModel(settings, name_user), settings.model_deadline)
    return ModelWorder(
        till=Till(caller, prices, ledger, today, tally),
        manner=Manner(prompt, topics, excerpt=settings.model_context == "excerpt"),
        rules=read_rules(prompts, prompt, topics),
        shells=DatabaseShells(database) if settings.model_cache else NoShells(),
        tally=tally,
    )
