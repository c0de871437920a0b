#include "protocols/cap/reading.hpp"

#include <algorithm>
#include <cctype>

#include "protocols/cap/json_reader.hpp"
#include "protocols/cap/reasons.hpp"
#include "protocols/cap/wrapper.hpp"
#include "protocols/cap/xml_reader.hpp"

namespace siaga::cap {
namespace {

using namespace std::string_view_literals;

bool same_word(std::string_view a, std::string_view lower) {
  return std::ranges::equal(a, lower, {}, [](unsigned char c) { return std::tolower(c); });
}

std::string_view media_type(std::string_view content_type) {
  return trimmed(content_type.substr(0, content_type.find(';')));
}

// A name echoed in the receipt: as written when that is safe, else what can be shown of it.
std::string echo(Document const& document, Element element) {
  if (document.nodes.empty()) return {};
  auto const node = document.find(0, element);
  if (node == no_node) return {};
  auto const text = document.text_of(document.nodes[node]);
  auto const plain = [](char c) { return c > 0x20 && c < 0x7f; };
  constexpr std::size_t bytes_max = 256;
  if (text.size() <= bytes_max && std::ranges::all_of(text, plain)) return std::string(text);
  return shown(text);
}

Reading reading_of(Document& document, Whole whole, Settings const& settings, Rigour rigour) {
  Reading reading;
  reading.identifier = echo(document, Element::identifier);
  reading.sender = echo(document, Element::sender);
  if (whole == Whole::yes) {
    auto alert = understand(document, settings, rigour);
    if (!document.faults.any()) reading.alert = std::move(alert);
  }
  document.faults.sort();
  reading.refusals = reasons_of(document.faults.refusals(), document);
  reading.advice = reasons_of(document.faults.advice(), document);
  return reading;
}

Reading read_wrapper(std::string_view payload, Settings const& settings, Rigour rigour) {
  auto unwrapped = unwrap(payload, settings);
  if (!unwrapped) {
    Reading reading;
    reading.refusals.push_back(std::move(unwrapped).error().reasons.front());
    return reading;
  }
  auto reading = read(*unwrapped, Body::xml, settings, rigour);
  for (auto* reasons : {&reading.refusals, &reading.advice})
    for (auto& reason : *reasons) reason.path.insert(0, reason.path.empty() ? "/data" : "/data#");
  return reading;
}

std::optional<Reason> too_long(std::string_view payload, Body body, Settings const& settings) {
  auto const most = body == Body::wrapper ? received_bytes_max(settings) : settings.bytes_max;
  if (payload.size() <= static_cast<std::size_t>(most)) return std::nullopt;
  return Reason{"", rule_id(Check::limit_bytes, Element::alert),
                sentence(Check::limit_bytes, Element::alert, std::to_string(payload.size()),
                         std::to_string(most))};
}

}  // namespace

Body body_of(std::string_view content_type, std::string_view payload) {
  auto const type = media_type(content_type);
  for (auto const xml : {"application/cap+xml"sv, "application/emergencycalldata.cap+xml"sv,
                         "application/xml"sv, "text/xml"sv})
    if (same_word(type, xml)) return Body::xml;
  auto const json = [&] { return is_wrapper(payload) ? Body::wrapper : Body::json; };
  if (same_word(type, "application/json")) return json();

  if (payload.starts_with("\xef\xbb\xbf")) payload.remove_prefix(3);
  bool const wide = payload.starts_with("\xfe\xff"sv) || payload.starts_with("\xff\xfe"sv) ||
                    payload.starts_with("<\0"sv) || payload.starts_with("\0<"sv);
  auto const first = payload.find_first_not_of(" \t\r\n");
  if (wide || (first != std::string_view::npos && payload[first] == '<')) return Body::xml;
  return first != std::string_view::npos && payload[first] == '{' ? json() : Body::unknown;
}

Reading read(std::string_view payload, Body body, Settings const& settings, Rigour rigour) {
  if (auto reason = too_long(payload, body, settings)) {
    Reading reading;
    reading.refusals.push_back(std::move(*reason));
    return reading;
  }
  if (body == Body::wrapper) return read_wrapper(payload, settings, rigour);
  auto const form = body == Body::json ? Form::json : Form::xml;
  Document document(form, payload, static_cast<std::size_t>(settings.reasons_max));
  auto const whole =
      form == Form::json ? read_json(document, settings) : read_xml(document, payload, settings);
  return reading_of(document, whole, settings, rigour);
}

Command command_of(Alert alert) {
  if (alert.status == Status::system) return NoteMessage{std::move(alert)};
  switch (alert.msg_type) {
    case MsgType::alert:
      return RaiseAlert{std::move(alert)};
    case MsgType::update:
      return ReplaceAlert{std::move(alert)};
    case MsgType::cancel:
      return CancelAlert{std::move(alert)};
    case MsgType::ack:
    case MsgType::error:
      break;
  }
  return NoteMessage{std::move(alert)};
}

}  // namespace siaga::cap
