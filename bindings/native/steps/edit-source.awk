# edit-source.awk FILE: prints the file with one edit made. Used by harden-libzmq.
# HOW: before, after or replace. WITHIN: the function or class to look in, or empty. PLACE and THROUGH: patterns. TEXT: ours.
# Comments are not looked at: where one stands, a pattern sees blanks. Ends with 1 where the edit does not fit the source,
# and with 2 where it quotes too much of it; the reason goes to stderr.

BEGIN { ORS = ""; most_words = 4; most_words_of_place = 8 }

{ text = text $0 "\n" }

END {
  seen = without_comments(text)
  from = 1
  to = length(text) + 1
  if (ENVIRON["WITHIN"] != "") look_within(ENVIRON["WITHIN"], "")

  # The last part is the place, the ones before it lead there: only the first must be the only one.
  parts = split(ENVIRON["PLACE"], part, / \.\.\. /)
  check_quote(ENVIRON["PLACE"], most_words_of_place)
  for (i = 1; i <= parts; i++) {
    check_quote(part[i], most_words)
    find(part[i])
    if (i == 1 && match(substr(seen, end, to - end), expression(part[i]))) give_up("is there twice", part[i])
    from = end
  }
  stop = end
  if (ENVIRON["THROUGH"] != "") {
    check_quote(ENVIRON["THROUGH"], most_words)
    first = start
    find(ENVIRON["THROUGH"])
    start = first
    stop = end
  }

  if (ENVIRON["HOW"] == "before") stop = start
  if (ENVIRON["HOW"] == "after") start = stop
  print substr(text, 1, start - 1)
  print ENVIRON["TEXT"]
  print substr(text, stop)
}

function give_up(why, what) {
  print (ENVIRON["WITHIN"] == "" ? "" : ENVIRON["WITHIN"] ": ") "'" what "' " why "\n" > "/dev/stderr"
  exit_code = why ~ /quotes/ ? 2 : 1
  exit exit_code
}

# A pattern names a place; it does not copy the source.
function check_quote(pattern, most,   words) {
  if (pattern ~ /\/\/|\/\*|\*\//) give_up("quotes a comment", pattern)
  words = gsub(/[A-Za-z_][A-Za-z0-9_]*/, "", pattern)
  if (words > most) give_up("quotes more than " most " words", ENVIRON["PLACE"])
}

# The pattern's first place between from and to: start, and end behind it.
function find(pattern,   rest) {
  rest = substr(seen, from, to - from)
  if (!match(rest, expression(pattern))) give_up("is not there", pattern)
  start = from + RSTART - 1
  end = start + RLENGTH
}

# A pattern stands for itself, and a blank in it for any white space.
function expression(pattern) {
  gsub(/[][\\.^$*+?(){}|]/, "\\\\&", pattern)
  gsub(/[ \n]+/, "[ \n]+", pattern)
  return pattern
}

# The same text, of the same length, with blanks for the comments.
function without_comments(rest,   out, token, length_of_comment) {
  out = ""
  while (match(rest, /\/\/[^\n]*|\/\*|"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])+'/)) {
    out = out substr(rest, 1, RSTART - 1)
    token = substr(rest, RSTART, RLENGTH)
    rest = substr(rest, RSTART)
    if (token == "/*") {
      length_of_comment = index(substr(rest, 3), "*/") + 3
      token = substr(rest, 1, length_of_comment)
    }
    rest = substr(rest, length(token) + 1)
    if (token ~ /^\//) gsub(/[^\n]/, " ", token)
    out = out token
  }
  return out rest
}

# Leaves between from and to what defines the name: a function or a class, or a function within a class. It begins with
# the line that names it, and ends with the brace that stands below the beginning of that line.
function look_within(name, indent,   place, next_line, line, brace, tail, size, found, first, last, outer, inner) {
  found = 0
  for (place = from; place < to; place = next_line) {
    size = index(substr(seen, place, to - place), "\n")
    next_line = size ? place + size : to
    line = substr(seen, place, next_line - place)
    if (line !~ "^" indent "[^ \n]" || !match(line, definition(name))) continue
    brace = place + RSTART - 1
    if (!match(substr(seen, brace, to - brace), /[;{]/)) continue
    brace += RSTART - 1
    if (substr(seen, brace, 1) == ";") continue
    tail = substr(seen, brace, to - brace)
    size = index(tail, "\n")
    if (substr(tail, 1, size) !~ /}/) size = index(tail, "\n" indent "}") + length(indent) + 1
    found++
    first = place
    last = brace + size
  }
  if (found > 1) give_up("is defined twice", name)
  if (found) {
    from = first
    to = last
    return
  }
  if (indent != "" || !match(name, /::/)) give_up("is not defined there", name)
  outer = substr(name, 1, RSTART - 1)
  inner = substr(name, RSTART + 2)
  look_within(outer, "")
  look_within(inner, "    ")
}

function definition(name) {
  return "(class|struct) " name "([^A-Za-z0-9_]|$)|(^|[^A-Za-z0-9_~])" name " *\\("
}
