"""The API: `/api/v1`, JSON in and out, described by `/api/openapi.json`."""
