# The whole service in one image: rules and wordings inside, everything it writes in /app/data.
FROM python:3.12-slim AS build

# The compiler makes the compiled reader; it stays behind in this stage, and so does uv.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends g++ \
    && rm -rf /var/lib/apt/lists/* \
    && pip install --no-cache-dir uv==0.13.9

WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never

# The packages first: they change less often than the code. The pins stand in pyproject.toml.
COPY pyproject.toml README.md LICENSE ./
RUN uv sync --no-dev --no-install-project

COPY rules rules
COPY prompts prompts
COPY service service
RUN uv sync --no-dev --no-editable

FROM python:3.12-slim

RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 kotowari

# At the same place as it was made: its commands name their Python by its full path.
COPY --from=build /app/.venv /app/.venv
WORKDIR /app
RUN mkdir data && chown kotowari: data

USER kotowari
ENV PATH=/app/.venv/bin:$PATH KOTOWARI_DATA_DIR=/app/data PYTHONUNBUFFERED=1 PYTHONUTF8=1
VOLUME /app/data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["kotowari", "serve", "--host", "0.0.0.0"]
