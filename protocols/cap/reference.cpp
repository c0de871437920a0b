#include "protocols/cap/reference.hpp"

#include <algorithm>

#include "protocols/cap/rules.hpp"
#include "protocols/cap/settings.hpp"

namespace siaga::cap {
namespace {

constexpr std::string_view preface = R"(# cap: alerts in, alerts out

The gateway's reader and writer of CAP 1.2 (OASIS; also ITU-T X.1303 bis), in XML and in JSON with
one set of rules. This page is made from the tables in `elements.cpp`, `rules.cpp` and
`settings.cpp`, and a test compares. Change the tables, then write the page again with
`SIAGA_UPDATE=1 ctest -R unit_cap`.

```
bytes -> reading -> xml_reader  \                    / understand (values) \
                 -> json_reader  > TreeBuilder, tree <                       > Alert -> Command
                 -> wrapper      /   (structure)      \ conditions          /
                                           faults -> reasons -> receipt, log, lint
```

## Bodies
Told by content type (`application/cap+xml`, `application/json`; parameters and case do not
matter), else by the first character.
- **XML**: any prefix, with or without byte order mark; UTF-8, UTF-16 or ISO-8859-1. A DOCTYPE, a
  NUL byte or encryption is refused. An enveloped XML signature may follow the last `info`.
- **JSON**: the outermost object is the alert; names are CAP's own. What may repeat is always an
  array, nothing else ever is. `eventCode`, `parameter` and `geocode` are `{"valueName", "value"}`
  objects; `polygon`, `circle`, `references`, `addresses` and `incidents` are CAP's texts. `size`,
  `altitude` and `ceiling` may be numbers, all else is text. `null` or `""` on an optional element
  means absent. Members may come in any order.
- **Wrapper**: `{"data": base64 of the XML, "filename": ...}`, an object with `data` and without
  `identifier`. Its other members are ignored.

An alert written in XML and one written in JSON become the same alert, and either can be written
from it again. Comments, prefixes, encodings, quotes around single words and the signature are not
kept; the original bytes are, in the store.

## XML signatures
Verified for those agencies whose certificates are configured, in plain and in wrapped XML; without
a certificate the signature is only kept. One that holds is enough when there are several (at most
four). It must be of this kind, whatever else XML Signature allows:
- a child of `alert`, with one reference, to the whole document (`URI=""`), transformed by
  enveloped-signature and then at most one canonicalisation (C14N 1.0 or exclusive C14N, without
  comments);
- digest SHA-256, SHA-384 or SHA-512, signed by RSA or ECDSA with one of them;
- made with the key of a configured certificate that is valid now. What the document's own
  `KeyInfo` offers is never tried.

## What refuses
*standard* rules are CAP's own; *policy* rules are this gateway's; *advice* is told by lint and
refuses nothing. An empty optional element is an absent one. `sent` is judged against the clock
after reading (`check_freshness`).

All problems of a message are told at once. Where one stands: in XML the element's path with line
and column, `/alert/info[1]/expires (14:5)`; in JSON a pointer, `/info/0/expires`; inside a wrapper
the XML's place after `/data#`.
)";

std::string cell(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string words_of(ElementRow const& element) {
  std::string out;
  for (auto const word : element.words) out += (out.empty() ? ": " : " ") + std::string(word);
  return out;
}

std::string element_lines() {
  std::string out =
      "\n## Elements\nIn the order XML must have them.\n\n"
      "| element | within | times | holds | section | what it is |\n|---|---|---|---|---|---|\n";
  for (auto const& element : elements()) {
    auto const within = element.parent == Element::none ? "" : row(element.parent).name;
    std::string const times =
        element.least ? (element.many ? "1..n" : "1") : (element.many ? "0..n" : "0..1");
    out += "| " + std::string(element.name) + " | " + std::string(within) + " | " + times + " | " +
           std::string(type_name(element.type)) + words_of(element) + " | " +
           std::string(element.section) + " | " + cell(element.meaning) + " |\n";
  }
  return out;
}

std::string_view origin_name(Origin origin) {
  switch (origin) {
    case Origin::standard:
      return "standard";
    case Origin::policy:
      return "policy";
    case Origin::advice:
      return "advice";
  }
  return "";
}

std::string_view forms_name(Forms forms) {
  switch (forms) {
    case Forms::xml:
      return "XML";
    case Forms::json:
      return "JSON";
    case Forms::both:
      return "both";
    case Forms::wrapper:
      return "wrapper";
    case Forms::clock:
      return "clock";
  }
  return "";
}

std::string elements_of(CheckRow const& check) {
  if (check.id.find("{}") == std::string_view::npos) return {};
  std::string out;
  for (auto const& element : elements()) {
    if (!check.concerns(element)) continue;
    auto const id = rule_id(check.check, element.element);
    auto const name = id.substr(id.find('.') + 1, id.rfind('.') - id.find('.') - 1);
    out += (out.empty() ? "" : " ") + name;
  }
  return out;
}

std::string rule_lines() {
  std::string out =
      "\n## Rules\n`{}` in an id is the element's name. In the texts {e} is the element, {v} the "
      "value "
      "at fault, {w} what would be right.\n\n"
      "| rule | asked by | form | section | elements | text |\n|---|---|---|---|---|---|\n";
  for (auto const& check : checks()) {
    auto const named = elements_of(check);
    std::string_view section = check.section;
    if (section.empty() && check.origin == Origin::standard) section = "the element's";
    out += "| `" + std::string(check.id) + "` | " + std::string(origin_name(check.origin)) + " | " +
           std::string(forms_name(check.forms)) + " | " + std::string(section) + " | " + named +
           " | " + cell(check.indonesian) + " / " + cell(check.english) + " |\n";
  }
  return out;
}

std::string value_text(FieldValue const& value) {
  if (auto const* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (auto const* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (auto const* time = std::get_if<std::chrono::milliseconds>(&value)) {
    auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(*time).count();
    return minutes % 60 == 0 ? std::to_string(minutes / 60) + "h" : std::to_string(minutes) + "m";
  }
  return {};
}

std::string setting_lines() {
  std::string out = "\n## Settings, section [" + std::string(section_name) +
                    "]\n\n| key | default | unit | what it does |\n|---|---|---|---|\n";
  for (auto const& field : Settings::fields().all())
    out += "| " + field.key + " | " + value_text(field.default_value) + " | " + field.unit + " | " +
           field.sentence + " |\n";
  return out;
}

}  // namespace

std::string reference() {
  return std::string(preface) + element_lines() + rule_lines() + setting_lines();
}

}  // namespace siaga::cap
