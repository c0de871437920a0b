#include "protocols/cap/understand.hpp"

#include "protocols/cap/leaf_reader.hpp"

namespace siaga::cap {
namespace {

class Understanding {
 public:
  Understanding(Document& document, Settings const& settings, Rigour rigour)
      : document_(document), leaf_(document, settings, rigour) {}

  Alert alert();

 private:
  void alert_leaf(Alert& alert, Element element);
  Info info();
  void info_leaf(Info& info, Element element);
  NamedValue named_value();
  Resource resource();
  Area area();

  // Calls `take` with each child of the node at hand, which that then is.
  template <class Take>
  void each_child(Take take) {
    auto const parent = leaf_.node();
    auto const end = document_.nodes[parent].end;
    for (auto child = parent + 1; child < end; child = document_.nodes[child].end) {
      leaf_.go_to(child);
      take(document_.nodes[child].element);
    }
    leaf_.go_to(parent);
  }

  // An empty element is an absent one.
  static void keep(std::vector<std::string>& list, std::string value) {
    if (!value.empty()) list.push_back(std::move(value));
  }
  static void keep(std::optional<CapTime>& place, CapTime value) {
    if (!value.text.empty()) place = std::move(value);
  }

  Document& document_;
  LeafReader leaf_;
};

Alert Understanding::alert() {
  Alert alert;
  each_child([&](Element element) {
    if (element == Element::info) {
      alert.infos.push_back(info());
    } else {
      alert_leaf(alert, element);
    }
  });
  return alert;
}

void Understanding::alert_leaf(Alert& alert, Element element) {
  switch (element) {
    case Element::identifier:
      alert.identifier = leaf_.token();
      break;
    case Element::sender:
      alert.sender = leaf_.token();
      break;
    case Element::sent:
      alert.sent = leaf_.time();
      break;
    case Element::status:
      alert.status = leaf_.word(alert.status);
      break;
    case Element::msg_type:
      alert.msg_type = leaf_.word(alert.msg_type);
      break;
    case Element::source:
      alert.source = leaf_.text();
      break;
    case Element::scope:
      alert.scope = leaf_.word(alert.scope);
      break;
    case Element::restriction:
      alert.restriction = leaf_.text();
      break;
    case Element::addresses:
      alert.addresses = leaf_.names();
      break;
    case Element::code:
      keep(alert.codes, leaf_.text());
      break;
    case Element::note:
      alert.note = leaf_.text();
      break;
    case Element::references:
      alert.references = leaf_.references();
      break;
    case Element::incidents:
      alert.incidents = leaf_.names();
      break;
    default:
      break;
  }
}

Info Understanding::info() {
  Info info;
  each_child([&](Element element) {
    switch (element) {
      case Element::event_code:
        info.event_codes.push_back(named_value());
        break;
      case Element::parameter:
        info.parameters.push_back(named_value());
        break;
      case Element::resource:
        info.resources.push_back(resource());
        break;
      case Element::area:
        info.areas.push_back(area());
        break;
      default:
        info_leaf(info, element);
    }
  });
  return info;
}

void Understanding::info_leaf(Info& info, Element element) {
  constexpr auto absent = static_cast<ResponseType>(0xff);
  switch (element) {
    case Element::language:
      info.language = leaf_.language();
      break;
    case Element::category:
      info.categories.push_back(leaf_.word(Category::other));
      break;
    case Element::event:
      info.event = leaf_.text();
      break;
    case Element::response_type:
      if (auto const type = leaf_.word(absent); type != absent) info.response_types.push_back(type);
      break;
    case Element::urgency:
      info.urgency = leaf_.word(info.urgency);
      break;
    case Element::severity:
      info.severity = leaf_.word(info.severity);
      break;
    case Element::certainty:
      info.certainty = leaf_.word(info.certainty);
      break;
    case Element::audience:
      info.audience = leaf_.text();
      break;
    case Element::effective:
      keep(info.effective, leaf_.time());
      break;
    case Element::onset:
      keep(info.onset, leaf_.time());
      break;
    case Element::expires:
      keep(info.expires, leaf_.time());
      break;
    case Element::sender_name:
      info.sender_name = leaf_.text();
      break;
    case Element::headline:
      info.headline = leaf_.text();
      break;
    case Element::description:
      info.description = leaf_.text();
      break;
    case Element::instruction:
      info.instruction = leaf_.text();
      break;
    case Element::web:
      info.web = leaf_.web();
      break;
    case Element::contact:
      info.contact = leaf_.text();
      break;
    default:
      break;
  }
}

NamedValue Understanding::named_value() {
  NamedValue pair;
  each_child([&](Element element) {
    (row(element).name == "valueName" ? pair.name : pair.value) = leaf_.text();
  });
  return pair;
}

Resource Understanding::resource() {
  Resource resource;
  each_child([&](Element element) {
    switch (element) {
      case Element::resource_desc:
        resource.description = leaf_.text();
        break;
      case Element::mime_type:
        resource.mime_type = leaf_.text();
        break;
      case Element::size:
        resource.size_bytes = leaf_.size();
        break;
      case Element::uri:
        resource.uri = leaf_.uri();
        break;
      case Element::deref_uri:
        resource.deref_uri = leaf_.base64();
        break;
      case Element::digest:
        resource.digest = leaf_.digest();
        break;
      default:
        break;
    }
  });
  return resource;
}

Area Understanding::area() {
  Area area;
  each_child([&](Element element) {
    switch (element) {
      case Element::area_desc:
        area.description = leaf_.text();
        break;
      case Element::polygon:
        keep(area.polygons, leaf_.polygon());
        break;
      case Element::circle:
        keep(area.circles, leaf_.circle());
        break;
      case Element::geocode:
        area.geocodes.push_back(named_value());
        break;
      case Element::altitude:
        area.altitude = leaf_.decimal();
        break;
      case Element::ceiling:
        area.ceiling = leaf_.decimal();
        break;
      default:
        break;
    }
  });
  return area;
}

}  // namespace

Alert understand(Document& document, Settings const& settings, Rigour rigour) {
  Alert alert = Understanding(document, settings, rigour).alert();
  alert.has_xml_signature = document.has_signature;
  judge_conditions(document, alert, settings, rigour);
  return alert;
}

}  // namespace siaga::cap
