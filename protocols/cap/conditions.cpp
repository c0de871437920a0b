#include <algorithm>
#include <bitset>

#include "protocols/cap/understand.hpp"
#include "protocols/cap/values.hpp"

namespace siaga::cap {
namespace {

std::bitset<16> categories_of(Info const& info) {
  std::bitset<16> found;
  for (auto const category : info.categories) found.set(static_cast<std::size_t>(category));
  return found;
}

std::vector<std::pair<std::string_view, std::string_view>> event_codes_of(Info const& info) {
  std::vector<std::pair<std::string_view, std::string_view>> found;
  for (auto const& code : info.event_codes) found.emplace_back(code.name, code.value);
  std::ranges::sort(found);
  return found;
}

class Judge {
 public:
  Judge(Document& document, Alert const& alert, Settings const& settings)
      : document_(document), alert_(alert), settings_(settings) {}

  void message();
  void blocks();
  void advise();

 private:
  bool is_call() const {  // something to tell people, so it needs a block and an end
    return alert_.status != Status::system &&
           (alert_.msg_type == MsgType::alert || alert_.msg_type == MsgType::update);
  }
  std::uint32_t info_node(std::size_t number) const {
    return document_.find(0, Element::info, static_cast<std::uint32_t>(number));
  }
  void references();
  void expiry(std::size_t number);
  void agreement(std::size_t number);
  void areas(std::size_t number);
  void area(Area const& area, std::uint32_t node);
  void resources(std::size_t number);
  void advise_info(std::size_t number);
  // About a child of `node`: the child itself when it is there, else the place where it should be.
  void say(Check check, Element element, std::uint32_t node, std::string value = {},
           std::string right = {}, std::uint32_t ordinal = 0);

  Document& document_;
  Alert const& alert_;
  Settings const& settings_;
};

void Judge::say(Check check, Element element, std::uint32_t node, std::string value,
                std::string right, std::uint32_t ordinal) {
  if (document_.faults.full()) return;
  Fault fault;
  fault.check = check;
  fault.element = element;
  auto const child = document_.find(node, element, ordinal);
  fault.node = child == no_node ? node : child;
  if (child == no_node) fault.below = row(element).name;
  fault.value = std::move(value);
  fault.right = std::move(right);
  document_.faults.add(std::move(fault));
}

void Judge::message() {
  auto const& faults = document_.faults;
  if (!faults.of(Element::scope)) {
    if (alert_.scope == Scope::restricted && alert_.restriction.empty())
      say(Check::restriction_required, Element::restriction, 0);
    if (alert_.scope == Scope::private_ && alert_.addresses.empty() &&
        !faults.of(Element::addresses))
      say(Check::addresses_required, Element::addresses, 0);
  }
  references();
  if (is_call() && alert_.infos.empty() && !faults.of(Element::msg_type) &&
      !faults.of(Element::info))
    say(Check::info_required, Element::info, 0, std::string(to_word(alert_.msg_type)));
}

void Judge::references() {
  auto const& faults = document_.faults;
  if (faults.of(Element::references) || faults.of(Element::msg_type)) return;
  if (alert_.references.empty() && alert_.msg_type != MsgType::alert)
    say(Check::references_required, Element::references, 0, std::string(to_word(alert_.msg_type)));
  for (auto const& reference : alert_.references)
    if (reference.identifier == alert_.identifier && reference.sender == alert_.sender)
      say(Check::references_own, Element::references, 0, references_text({reference}));
}

void Judge::blocks() {
  for (std::size_t i = 0; i < alert_.infos.size(); ++i) {
    expiry(i);
    agreement(i);
    areas(i);
    resources(i);
  }
}

void Judge::expiry(std::size_t number) {
  auto const& info = alert_.infos[number];
  if (!info.expires) {
    if (settings_.expires_required && is_call())
      say(Check::expires_required, Element::expires, info_node(number));
    return;
  }
  if (document_.faults.of(Element::expires)) return;
  CapTime const* start = info.effective ? &*info.effective : &alert_.sent;
  if (info.onset && info.onset->at > start->at) start = &*info.onset;
  if (!start->text.empty() && info.expires->at <= start->at)
    say(Check::expires_order, Element::expires, info_node(number), info.expires->text, start->text);
}

void Judge::agreement(std::size_t number) {
  if (number == 0) return;
  auto const& first = alert_.infos.front();
  auto const& info = alert_.infos[number];
  if (categories_of(info) != categories_of(first) && !document_.faults.of(Element::category))
    say(Check::category_agreement, Element::category, info_node(number));
  if (event_codes_of(info) != event_codes_of(first) &&
      !document_.faults.of(Element::event_code_name) &&
      !document_.faults.of(Element::event_code_value))
    say(Check::event_code_agreement, Element::event_code, info_node(number));
  auto const earlier = std::ranges::find(alert_.infos, info.language, &Info::language);
  if (earlier->event != info.event)
    say(Check::event_agreement, Element::event, info_node(number), info.event, earlier->event);
}

void Judge::areas(std::size_t number) {
  auto const& areas = alert_.infos[number].areas;
  auto const telling = [](Area const& a) { return !a.ceiling.empty() || !a.geocodes.empty(); };
  if (std::ranges::none_of(areas, telling)) return;
  auto const info = info_node(number);
  auto next = areas.begin();
  auto const& nodes = document_.nodes;
  for (auto node = info + 1; node < nodes[info].end; node = nodes[node].end)
    if (nodes[node].element == Element::area) area(*next++, node);
}

void Judge::area(Area const& area, std::uint32_t node) {
  if (!area.ceiling.empty()) {
    auto const floor = parse_decimal(area.altitude);
    auto const ceiling = parse_decimal(area.ceiling);
    if (area.altitude.empty()) {
      say(Check::ceiling_alone, Element::ceiling, node);
    } else if (floor && ceiling && *ceiling < *floor) {
      say(Check::ceiling_order, Element::ceiling, node, area.ceiling, area.altitude);
    }
  }
  if (document_.faults.of(Element::geocode_value)) return;
  for (std::uint32_t i = 0; i < area.geocodes.size(); ++i) {
    auto const& code = area.geocodes[i];
    if (code.name == "KEMENDAGRI" && !is_kemendagri(code.value))
      say(Check::kemendagri, Element::geocode, node, code.value, "64.74.01.1003", i);
  }
}

void Judge::resources(std::size_t number) {
  auto const& resources = alert_.infos[number].resources;
  for (std::uint32_t i = 0; i < resources.size(); ++i) {
    auto const& resource = resources[i];
    if (uri_kind(resource.uri) != UriKind::relative || !resource.deref_uri.empty()) continue;
    auto const node = document_.find(info_node(number), Element::resource, i);
    say(Check::absolute, Element::uri, node, resource.uri);
  }
}

void Judge::advise() {
  auto const& faults = document_.faults;
  if (alert_.scope != Scope::restricted && !alert_.restriction.empty() &&
      !faults.of(Element::scope))
    say(Check::restriction_unused, Element::restriction, 0);
  if (alert_.note.empty() &&
      (alert_.status == Status::exercise || alert_.msg_type == MsgType::error)) {
    auto const what =
        alert_.status == Status::exercise ? to_word(alert_.status) : to_word(alert_.msg_type);
    say(Check::note_absent, Element::note, 0, std::string(what));
  }
  for (auto const& reference : alert_.references)
    if (reference.sent.at > alert_.sent.at && !faults.of(Element::sent))
      say(Check::references_later, Element::references, 0, references_text({reference}));
  for (std::size_t i = 0; i < alert_.infos.size(); ++i)
    if (alert_.infos[i].language.empty())
      say(Check::language_absent, Element::language, info_node(i));
}

}  // namespace

void judge_conditions(Document& document, Alert const& alert, Settings const& settings,
                      Rigour rigour) {
  Judge judge(document, alert, settings);
  judge.message();
  judge.blocks();
  if (rigour == Rigour::advice_too) judge.advise();
}

}  // namespace siaga::cap
