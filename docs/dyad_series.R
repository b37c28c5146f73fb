# Draws how two actors dealt with each other over the years, from an export of chancery:
#
#   chancery export --layout parquet tables
#   Rscript docs/dyad_series.R tables RUS VEN series.png
#
# Needs the packages arrow and dplyr.
suppressPackageStartupMessages({
  library(arrow)
  library(dplyr)
})

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 4) {
  stop("usage: Rscript dyad_series.R FOLDER ACTOR RECIPIENT PICTURE.png", call. = FALSE)
}
folder <- arguments[1]
one <- arguments[2]
other <- arguments[3]

events <- read_parquet(
  file.path(folder, "events.parquet"),
  col_select = c("event", "published", "time_first", "status", "instrument", "intensity")
)
parties <- read_parquet(file.path(folder, "parties.parquet"), col_select = c("event", "side", "actor"))

# events in which one acts and the other receives, or the other way round
ways <- inner_join(
  filter(parties, side == "actor") |> select(event, giver = actor),
  filter(parties, side == "recipient") |> select(event, taker = actor),
  by = "event", relationship = "many-to-many"
) |>
  filter((giver == one & taker == other) | (giver == other & taker == one))

# an act without a time of its own is dated by its report
series <- inner_join(events, ways, by = "event") |>
  mutate(day = coalesce(time_first, published)) |>
  filter(!is.na(day)) |>
  mutate(year = as.integer(format(day, "%Y")), way = paste(giver, "to", taker)) |>
  group_by(way, year) |>
  summarise(events = n(), intensity = mean(intensity), .groups = "drop")

if (nrow(series) == 0) stop("no dated dealings of ", one, " and ", other, call. = FALSE)
print(as.data.frame(series))

png(arguments[4], width = 900, height = 500)
ways_drawn <- unique(series$way)
plot(range(series$year), range(c(0, series$events)), type = "n", xlab = "year", ylab = "events reported",
     main = paste("Dealings of", one, "and", other))
for (i in seq_along(ways_drawn)) {
  drawn <- series[series$way == ways_drawn[i], ]
  lines(drawn$year, drawn$events, type = "b", pch = 18 + i, lty = i)
}
legend("topleft", legend = ways_drawn, lty = seq_along(ways_drawn), pch = 18 + seq_along(ways_drawn), bty = "n")
invisible(dev.off())
