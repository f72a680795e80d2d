"""Any OpenAI-compatible or Anthropic endpoint, local ones too, through pydantic-ai (the optional extra "llm").

The library is imported when the first question is asked: an installation without a model never loads it.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from courtesy.language.providers.port import Answer, Endpoint, ProviderAway, Wish

if TYPE_CHECKING:
    import httpx2

KINDS = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
LOCAL = ("localhost", "127.0.0.1", "::1")
MOST_BYTES = 1_000_000
NO_KEY = "none"  # servers on this machine often want none; the libraries insist on some text


class PydanticAI:
    """Asks one endpoint. Nothing is tried again, no redirect is followed, no proxy of the environment is used."""

    def __init__(self, endpoint: Endpoint) -> None:
        _check(endpoint)
        self._endpoint = endpoint

    def make_ready(self) -> None:
        load(self._endpoint.kind)

    def ask(self, wish: Wish) -> Answer:
        try:
            load(self._endpoint.kind)  # before the clock of this question starts
            return asyncio.run(asyncio.wait_for(self._ask(wish), wish.seconds))
        except ProviderAway:
            raise
        except TimeoutError:
            raise ProviderAway(f"no answer within {wish.seconds:g} seconds") from None
        except Exception as error:  # the libraries' own trees of errors are wide; none may reach a customer
            raise ProviderAway(_plain(error), permanent=_is_permanent(error)) from None

    async def _ask(self, wish: Wish) -> Answer:
        from pydantic_ai.direct import model_request
        from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart
        from pydantic_ai.settings import ModelSettings

        async with _client(wish.seconds) as client:
            answer = await model_request(
                _model(self._endpoint, client),
                [ModelRequest(parts=[SystemPromptPart(wish.instructions), UserPromptPart(wish.material)])],
                model_settings=ModelSettings(max_tokens=wish.most_tokens, temperature=0.0, timeout=wish.seconds),
            )
        text = "".join(getattr(part, "content", "") for part in answer.parts if part.part_kind == "text")
        if not text.strip():
            raise ProviderAway("the model gave no text")
        if answer.finish_reason == "length":
            raise ProviderAway("the answer was cut off")
        return Answer(text, answer.usage.input_tokens, answer.usage.output_tokens)


def load(kind: str) -> None:
    """Import the libraries, which takes seconds the first time."""
    for module in ("pydantic_ai.direct", f"pydantic_ai.models.{kind}", f"pydantic_ai.providers.{kind}"):
        import_module(module)


def _check(endpoint: Endpoint) -> None:
    if endpoint.kind not in KINDS or not endpoint.model:
        raise ProviderAway("COURTESY_LLM must be openai:MODEL or anthropic:MODEL", permanent=True)
    if find_spec("pydantic_ai") is None:
        raise ProviderAway("the extra is missing: pip install --require-hashes -r requirements/llm.txt", permanent=True)
    if endpoint.url:
        parts = urlsplit(endpoint.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
            raise ProviderAway("COURTESY_LLM_URL must be https, or on this machine", permanent=True)
    elif not endpoint.key:
        raise ProviderAway("COURTESY_LLM_KEY is not set", permanent=True)


def _client(seconds: float) -> httpx2.AsyncClient:
    import httpx2

    class Bounded(httpx2.AsyncHTTPTransport):
        """An answer that grows past MOST_BYTES is cut off."""

        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            answer = await super().handle_async_request(request)
            answer.stream = _Counted(answer.stream)
            return answer

    class _Counted(httpx2.AsyncByteStream):
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        async def __aiter__(self) -> Any:
            read = 0
            async for part in self._stream:
                read += len(part)
                if read > MOST_BYTES:
                    raise ProviderAway("the answer is too large")
                yield part

        async def aclose(self) -> None:
            await self._stream.aclose()

    return httpx2.AsyncClient(transport=Bounded(), timeout=seconds, follow_redirects=False, trust_env=False)


def _model(endpoint: Endpoint, client: httpx2.AsyncClient) -> Any:
    key, url = endpoint.key or NO_KEY, endpoint.url or KINDS[endpoint.kind]
    if endpoint.kind == "anthropic":
        from anthropic import AsyncAnthropic
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        asked = AsyncAnthropic(api_key=key, base_url=url, http_client=client, max_retries=0)
        return AnthropicModel(endpoint.model, provider=AnthropicProvider(anthropic_client=asked))
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    openai = AsyncOpenAI(api_key=key, base_url=url, http_client=client, max_retries=0)
    return OpenAIChatModel(endpoint.model, provider=OpenAIProvider(openai_client=openai))


def _is_permanent(error: Exception) -> bool:
    return getattr(error, "status_code", None) in (400, 401, 403, 404)


def _plain(error: Exception) -> str:
    """What went wrong without the body of the answer, which may repeat what was asked."""
    status = getattr(error, "status_code", None)
    return f"the endpoint answered {status}" if status else f"no answer: {type(error).__name__}"
