"""Record the model's cassettes from the stand-in: `uv run python -m tests.tools.record_wording`.

The stand-in says what tests/corpus/phrases/answers.yaml has; `kotowari wording record` records from a live API instead.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from llmock.scenarios import Reply
from llmock.testing import LLMockServer

from service.adapters.files import prompts_folder
from service.adapters.model.files import read_cases
from service.cli.wording_record import record_cases
from service.settings import Settings
from tests.phrases import read_phrases

FOLDER = Path(__file__).parents[1] / "cassettes" / "wording"


def main() -> int:
    """Record every marked case, one after the other."""
    answers = read_phrases("answers")
    cases = [case.id for case in read_cases(prompts_folder()) if case.recorded]
    with LLMockServer() as server, tempfile.TemporaryDirectory() as data:
        for case in cases:
            server.state.scenarios.add(Reply(text=json.dumps(answers[case], ensure_ascii=False), times=1))
        settings = Settings(
            openai_api_key="sk-stand-in", openai_base_url=server.base_url("openai"), data_dir=Path(data)
        )
        origin = f"the stand-in llmock {version('llmock')} with tests/corpus/phrases/answers.yaml"
        outcomes = record_cases(FOLDER, settings, origin=origin)
    for case, outcome in outcomes.items():
        print(f"{case:<18}{outcome}")
    return 0 if set(outcomes.values()) == {"model"} else 1


if __name__ == "__main__":
    sys.exit(main())
