# The numbers to hold, from what bench/run printed: a row each, with what was measured and whether it holds.
function row(what, hold, figure, verdict) { printf "| %s | %s | %s | %s |\n", what, hold, figure, verdict }
function atLeast(value, hold, beat) { return beat && value >= beat ? "beats" : value >= hold ? "holds" : "not" }
function atMost(value, hold, beat) { return beat && value <= beat ? "beats" : value <= hold ? "holds" : "not" }
function rate() { return $(NF - 1) + 0 }
function both(one, other) { return one == "not" || other == "not" ? "not" : one }
function seconds() { match($0, /second by second [0-9. ]+/); split(substr($0, RSTART + 17, RLENGTH - 17), parts, " "); return parts[1] + 0 }
function p99(of) { match($0, of " [0-9.]+ ms"); split(substr($0, RSTART, RLENGTH), words, " "); return words[length(words) - 1] + 0 }
function cold(what,    first, afterwards) {
    first = p99("of the first"); afterwards = p99("seconds after these")
    row(what, "≥ 0.5 of the steady rate from the first second, p99 ≤ 25 ms", sprintf("%.2f, p99 %.0f ms, then %.0f ms", seconds(), first, afterwards),
        both(atLeast(seconds(), 0.5), atMost(first > afterwards ? first : afterwards, 25)))
}
function ratioOf(cell) { split(cell, words, " "); return words[1] + 0 }

BEGIN { FS = " "; print "| what | hold, then beat | figure | |"; print "|---|---|---|---|" }
/^\| / && /ratio|medians/ { next }
/^\| search against the ready array/ { split($0, c, "|"); row("search, 16 clients", "≥ 0.8 of the ready array, ≥ 0.95", c[5], atLeast(ratioOf(c[5]), 0.8, 0.95)) }
/^\| the same, one client/ { split($0, c, "|"); row("one client", "p50 ≤ 1.3 ×, p99 ≤ 2 × the array's", c[6] "× and" c[7] "×", both(atMost(c[6] + 0, 1.3), atMost(c[7] + 0, 2))) }
/^\| gzip against/ { split($0, c, "|"); row("with gzip", "≥ 6 × the server gzipping the array, ≥ 10 ×", c[5], atLeast(ratioOf(c[5]), 6, 10)) }
/^\| search against HAPI/ { split($0, c, "|"); row("the peer: HAPI's objects and parser", "", c[5] "×", "") }
/^answer:/ { row("a gzip answer", "≤ 60 kB", sprintf("%.1f kB", $4 / 1e3), atMost($4 / 1e3, 60)) }
/^memory of the hub:/ { row("memory, after the rounds", "≤ 1 GiB, ≤ 512 MiB", $5 " MiB", atMost($5, 1024, 512)) }
/^first load:/ { row("first load → searchable", "", rate() " slots/s", "") }
/^unchanged:/ { row("delivery unchanged → confirmed", "40,000 slots/s", rate(), atLeast(rate(), 40000)) }
/^changed:/ { row("delivery changed → searchable", "20,000 slots/s", rate(), atLeast(rate(), 20000)) }
/^pushed first: [0-9]+ slots/ { row("pushed first", "10,000 slots/s", rate(), atLeast(rate(), 10000)) }
/^pushed again unchanged: [0-9]+ slots/ { row("pushed unchanged", "30,000 slots/s", rate(), atLeast(rate(), 30000)) }
/^pushed again, every.*slots\/s/ { row("pushed changed", "10,000 slots/s", rate(), atLeast(rate(), 10000)) }
/^pushed (first|unchanged|changed): [0-9.]+ of pulled/ { sub(":", "", $2); row($1 " " $2, "then within 2 × of pulled", $3 " of pulled", atLeast($3, 0.5) == "holds" ? "beats" : "") }
/^delivery to index, p95/ { match($0, /ratio [0-9.]+/); r = substr($0, RSTART + 6, RLENGTH - 6) + 0; row("p95 of others beside a hung vendor", "within 5 %", r " ×", r <= 1.05 ? "holds" : "not") }
/^after everything was forgotten/ { cold("after everything was forgotten") }
/^after a start with all of it in the database/ { cold("after a start, from class files") }
/^after a start with all of it, as packed/ { cold("after a start, as the README starts it") }
/^after a start with all of it older/ { cold("after a start after an outage") }
/^a refusal is saved/ { match($0, /in: [0-9]+ ms median, [0-9]+ nine of ten, [0-9]+ worst/); t = substr($0, RSTART + 4, RLENGTH - 4); split(t, w, " "); row("a refusal, gone from the next answer", "≤ 100 ms, ≤ 30 ms", t, atMost(w[8], 100, 30)) }
/^started as packed/ { row("ready, as the README starts it", "≤ 8 s and ≤ 12 CPU seconds, ≤ 4 s", $4 " s, " $6 " CPU seconds", both(atMost($4, 8, 4), atMost($6, 12))) }
