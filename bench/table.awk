# The numbers to hold, from what bench/run printed: a row each, with what was measured and whether it holds.
function row(what, hold, figure, verdict) { printf "| %s | %s | %s | %s |\n", what, hold, figure, verdict }
function atLeast(value, hold, beat) { return beat && value >= beat ? "beats" : value >= hold ? "holds" : "not" }
function atMost(value, hold, beat) { return beat && value <= beat ? "beats" : value <= hold ? "holds" : "not" }
function rate() { return $(NF - 1) + 0 }
function both(one, other) { return one == "not" || other == "not" ? "not" : one }
function seconds() { match($0, /second by second [0-9. ]+/); split(substr($0, RSTART + 17, RLENGTH - 17), parts, " "); return parts[1] + 0 }
function p99(of) { match($0, of " [0-9.]+ ms"); split(substr($0, RSTART, RLENGTH), words, " "); return words[length(words) - 1] + 0 }
function cold(what,    worst, afterwards) {
    worst = p99("of the worst of these"); afterwards = p99("seconds after these")
    row(what, "≥ 0.5 of the steady rate from the first second, p99 ≤ 25 ms",
        sprintf("%.2f, p99 %.0f ms, of the worst of five seconds %.0f ms, then %.0f ms", seconds(), p99("of the first"), worst, afterwards),
        both(atLeast(seconds(), 0.5), atMost(worst > afterwards ? worst : afterwards, 25)))
}
# With more than 10,000 known: what of the ratio at 10,000 is left
function scaled(what, ratio, of) {
    row(what ", " known " practitioners known", "≥ 0.8 of the ratio at 10,000" (of ? ", " of : "") ", flat",
        of ? sprintf("%.2f, %.2f of it", ratio, ratio / of) : ratio, of ? atLeast(ratio / of, 0.8, 0.95) : "no baseline given")
}
function ready(what) { row(what, "≤ 8 s and ≤ 12 CPU seconds, ≤ 4 s", $0, both(atMost($1, 8, 4), atMost($3, 12))) }
# Median, nine of ten and worst of a line of the loader; w holds the words
function spread(before) { match($0, before " [0-9]+ / [0-9]+ / [0-9]+"); split(substr($0, RSTART + length(before) + 1, RLENGTH - length(before) - 1), w, " "); return w[1] " ms median, " w[3] " nine of ten, " w[5] " worst" }
# Other nodes hear of it later: bench/nodes
function onThisNode(worst,    verdict) { verdict = atMost(worst, 100, 30); return verdict == "beats" ? "holds; beats on the node itself" : verdict }
function ratioOf(cell) { split(cell, words, " "); return words[1] + 0 }

BEGIN { FS = " "; print "| what | hold, then beat | figure | |"; print "|---|---|---|---|" }
/^\| / && /ratio|medians/ { next }
/^\| search against the ready array/ { split($0, c, "|"); if (known > 10000) scaled("search, 16 clients", ratioOf(c[5]), baseline); else row("search, 16 clients", "≥ 0.8 of the ready array, ≥ 0.95", c[5], atLeast(ratioOf(c[5]), 0.8, 0.95)) }
/^\| the same, one client/ { split($0, c, "|"); row("one client", "p50 ≤ 1.3 ×, p99 ≤ 2 × the array's", c[6] "× and" c[7] "×", both(atMost(c[6] + 0, 1.3), atMost(c[7] + 0, 2))) }
/^\| gzip against/ { split($0, c, "|"); if (known > 10000) scaled("with gzip", ratioOf(c[5]), baseline_gzip); else row("with gzip", "≥ 6 × the server gzipping the array, ≥ 10 ×", c[5], atLeast(ratioOf(c[5]), 6, 10)) }
/^\| search against HAPI/ { split($0, c, "|"); row("the peer: HAPI's objects and parser", "", c[5] "×", "") }
/^answer:/ { row("a gzip answer", "≤ 60 kB", sprintf("%.1f kB; the array, gzipped at level 6: %.1f kB", $4 / 1e3, $NF / 1e3), atMost($4 / 1e3, 60)) }
/^memory of the hub:/ { row("memory" (known > 10000 ? ", " known " practitioners known" : ""), "≤ 1 GiB, ≤ 512 MiB",
    $5 " MiB after the rounds, at most " $9 " MiB until then, load generator included", atMost($5, 1024, 512) " (after the rounds)") }
/^first load:/ { row("first load → searchable", "", rate() " slots/s", "") }
/^unchanged:/ { row("delivery unchanged → confirmed", "40,000 slots/s", rate(), atLeast(rate(), 40000)) }
/^changed:/ { row("delivery changed → searchable", "20,000 slots/s", rate(), atLeast(rate(), 20000)) }
/^pushed first: [0-9]+ slots/ { row("pushed first", "10,000 slots/s", rate(), atLeast(rate(), 10000)) }
/^pushed again unchanged: [0-9]+ slots/ { row("pushed unchanged", "30,000 slots/s", rate(), atLeast(rate(), 30000)) }
/^pushed again, every.*slots\/s/ { row("pushed changed", "10,000 slots/s", rate(), atLeast(rate(), 10000)) }
/^pushed (first|unchanged|changed): [0-9.]+ of pulled/ { sub(":", "", $2); row($1 " " $2, "then within 2 × of pulled", $3 " of pulled", atLeast($3, 0.5) == "holds" ? "beats" : "") }
/^a changed delivery, / { t = spread("in"); row("one delivery changed → found by a search", "≤ 1 s", t, atMost(w[5], 1000)) }
/^a booking, / { t = spread("in"); row("a booking by the vendor, gone from the next answer of this node", "≤ 100 ms, ≤ 30 ms", t, onThisNode(w[5])) }
/^delivery to index, p95/ {
    match($0, /ratio [0-9.]+, 9 times of 10 between [0-9.]+ and [0-9.]+/); split(substr($0, RSTART, RLENGTH), w, " "); upper = w[10] + 0
    row("p95 of others beside a hung vendor", "within 5 %, nine times of ten", (w[2] + 0) " ×, at most " upper " ×", upper && upper <= 1.05 ? "holds" : "not")
}
/^after everything was forgotten/ { cold("after everything was forgotten") }
/^after a start with all of it in the database/ { cold("after a start, from class files") }
/^after a start with all of it, as packed/ { cold("after a start, as the README starts it") }
/^after a start with all of it older/ { cold("after a start after an outage") }
/^a refusal is saved/ { match($0, /in: [0-9]+ ms median, [0-9]+ nine of ten, [0-9]+ worst/); t = substr($0, RSTART + 4, RLENGTH - 4); split(t, w, " "); row("a refusal, gone from the next answer of this node", "≤ 100 ms, ≤ 30 ms", t, onThisNode(w[8])) }
/^started as packed, nothing known/ { sub(/^.*known /, ""); ready("ready, as the README starts it, database migrated and empty"); next }
/^started as packed/ { sub(/^started as packed /, ""); ready("ready, as the README starts it, all of it in the database") }
/^started after an outage/ { sub(/^.*packed /, ""); row("ready after an outage, as the README starts it", "", $0, "") }
