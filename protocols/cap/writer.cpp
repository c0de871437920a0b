#include "protocols/cap/writer.hpp"

#include <array>

#include "protocols/cap/elements.hpp"
#include "protocols/cap/values.hpp"

namespace siaga::cap {
namespace {

// Both sinks hear the same walk: open, leaf, close, in the standard's order.
class XmlSink {
 public:
  void open(Element element) {
    auto const& what = row(element);
    text_ += '<';
    text_ += what.name;
    if (element == Element::alert) text_ += " xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"";
    text_ += ">\n";
  }
  void close(Element element) { end(element); }
  void leaf(Element element, std::string_view value) {
    text_ += '<';
    text_ += row(element).name;
    text_ += '>';
    for (char const c : value) escape(c);
    end(element);
  }
  std::string take() { return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + std::move(text_); }

 private:
  void end(Element element) {
    text_ += "</";
    text_ += row(element).name;
    text_ += ">\n";
  }
  void escape(char c) {
    switch (c) {
      case '&':
        text_ += "&amp;";
        break;
      case '<':
        text_ += "&lt;";
        break;
      case '>':
        text_ += "&gt;";
        break;
      case '\r':
        text_ += "&#13;";
        break;
      default:
        text_ += c;
    }
  }
  std::string text_;
};

class JsonSink {
 public:
  void open(Element element) {
    begin(element);
    text_ += '{';
    ++depth_;
    arrays_[depth_] = Element::none;
    first_[depth_] = true;
  }
  void close(Element) {
    end_array();
    text_ += '}';
    --depth_;
  }
  void leaf(Element element, std::string_view value) {
    begin(element);
    if (row(element).type == Type::integer) {
      text_ += value;
    } else {
      quote(value);
    }
  }
  std::string take() { return std::move(text_); }

 private:
  // Repeated elements come one after another, so an array stays open until another name comes.
  void begin(Element element) {
    if (element == Element::alert) return;
    if (arrays_[depth_] == element) {
      text_ += ',';
      return;
    }
    end_array();
    if (!first_[depth_]) text_ += ',';
    first_[depth_] = false;
    quote(row(element).name);
    text_ += ':';
    if (!row(element).many) return;
    arrays_[depth_] = element;
    text_ += '[';
  }
  void end_array() {
    if (arrays_[depth_] != Element::none) text_ += ']';
    arrays_[depth_] = Element::none;
  }
  void quote(std::string_view value) {
    constexpr std::string_view hex = "0123456789abcdef";
    text_ += '"';
    for (char const c : value) {
      auto const code = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        text_ += '\\';
        text_ += c;
      } else if (c == '\n') {
        text_ += "\\n";
      } else if (code < 0x20) {
        text_ += "\\u00";
        text_ += hex[code >> 4];
        text_ += hex[code & 0xf];
      } else {
        text_ += c;
      }
    }
    text_ += '"';
  }

  std::string text_;
  std::size_t depth_ = 0;
  std::array<Element, 8> arrays_{};
  std::array<bool, 8> first_{};
};

template <class Sink>
class Walk {
 public:
  explicit Walk(Sink& sink) : sink_(sink) {}

  void alert(Alert const& alert) {
    sink_.open(Element::alert);
    sink_.leaf(Element::identifier, alert.identifier);
    sink_.leaf(Element::sender, alert.sender);
    time(Element::sent, alert.sent);
    sink_.leaf(Element::status, to_word(alert.status));
    sink_.leaf(Element::msg_type, to_word(alert.msg_type));
    some(Element::source, alert.source);
    sink_.leaf(Element::scope, to_word(alert.scope));
    some(Element::restriction, alert.restriction);
    some(Element::addresses, names_text(alert.addresses));
    each(Element::code, alert.codes);
    some(Element::note, alert.note);
    some(Element::references, references_text(alert.references));
    some(Element::incidents, names_text(alert.incidents));
    for (auto const& block : alert.infos) info(block);
    sink_.close(Element::alert);
  }

 private:
  void info(Info const& info) {
    sink_.open(Element::info);
    some(Element::language, info.language);
    for (auto const category : info.categories) sink_.leaf(Element::category, to_word(category));
    sink_.leaf(Element::event, info.event);
    for (auto const type : info.response_types) sink_.leaf(Element::response_type, to_word(type));
    sink_.leaf(Element::urgency, to_word(info.urgency));
    sink_.leaf(Element::severity, to_word(info.severity));
    sink_.leaf(Element::certainty, to_word(info.certainty));
    some(Element::audience, info.audience);
    for (auto const& code : info.event_codes)
      pair(Element::event_code, Element::event_code_name, Element::event_code_value, code);
    time(Element::effective, info.effective);
    time(Element::onset, info.onset);
    time(Element::expires, info.expires);
    some(Element::sender_name, info.sender_name);
    some(Element::headline, info.headline);
    some(Element::description, info.description);
    some(Element::instruction, info.instruction);
    some(Element::web, info.web);
    some(Element::contact, info.contact);
    for (auto const& parameter : info.parameters)
      pair(Element::parameter, Element::parameter_name, Element::parameter_value, parameter);
    for (auto const& file : info.resources) resource(file);
    for (auto const& place : info.areas) area(place);
    sink_.close(Element::info);
  }

  void resource(Resource const& resource) {
    sink_.open(Element::resource);
    sink_.leaf(Element::resource_desc, resource.description);
    sink_.leaf(Element::mime_type, resource.mime_type);
    if (resource.size_bytes) sink_.leaf(Element::size, std::to_string(*resource.size_bytes));
    some(Element::uri, resource.uri);
    some(Element::deref_uri, resource.deref_uri);
    some(Element::digest, resource.digest);
    sink_.close(Element::resource);
  }

  void area(Area const& area) {
    sink_.open(Element::area);
    sink_.leaf(Element::area_desc, area.description);
    each(Element::polygon, area.polygons);
    each(Element::circle, area.circles);
    for (auto const& code : area.geocodes)
      pair(Element::geocode, Element::geocode_name, Element::geocode_value, code);
    some(Element::altitude, area.altitude);
    some(Element::ceiling, area.ceiling);
    sink_.close(Element::area);
  }

  void pair(Element group, Element name, Element value, NamedValue const& pair) {
    sink_.open(group);
    sink_.leaf(name, pair.name);
    sink_.leaf(value, pair.value);
    sink_.close(group);
  }
  void some(Element element, std::string_view value) {
    if (!value.empty()) sink_.leaf(element, value);
  }
  void each(Element element, std::vector<std::string> const& values) {
    for (auto const& value : values) some(element, value);
  }
  void time(Element element, CapTime const& time) {
    sink_.leaf(element,
               time.text.empty() ? cap_time(time.at, std::chrono::minutes(0)).text : time.text);
  }
  void time(Element element, std::optional<CapTime> const& maybe) {
    if (maybe) time(element, *maybe);
  }

  Sink& sink_;
};

template <class Sink>
std::string written(Alert const& alert) {
  Sink sink;
  Walk<Sink>(sink).alert(alert);
  return sink.take();
}

}  // namespace

std::string to_xml(Alert const& alert) {
  return written<XmlSink>(alert);
}
std::string to_json(Alert const& alert) {
  return written<JsonSink>(alert);
}

}  // namespace siaga::cap
