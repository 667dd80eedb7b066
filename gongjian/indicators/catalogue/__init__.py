"""The catalogue of indicators (指标目录): shipped as TOML, kept as rows, edited by the office."""
