.PHONY: demo test lint bench docs test-extras clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXTRAS_VENV := .venv-extras
