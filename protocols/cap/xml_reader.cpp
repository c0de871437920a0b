#include "protocols/cap/xml_reader.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <memory>

#include "protocols/cap/encoding.hpp"
#include "protocols/cap/signature_shape.hpp"
#include "protocols/cap/start_tags.hpp"
#include "protocols/cap/tree_builder.hpp"

namespace siaga::cap {
namespace {

constexpr std::string_view encryption_namespace = "http://www.w3.org/2001/04/xmlenc#";
constexpr std::string_view instance_namespace = "http://www.w3.org/2001/XMLSchema-instance";

// libxml2 gives attributes by fives: local name, prefix, namespace, begin and end of the value.
struct Attributes {
  int count;
  xmlChar const** fives;

  std::string_view name(int i) const { return text_view(fives[i * 5]); }
  std::string_view space(int i) const { return text_view(fives[i * 5 + 2]); }
  std::string_view value(int i) const {
    return {reinterpret_cast<char const*>(fives[i * 5 + 3]),
            static_cast<std::size_t>(fives[i * 5 + 4] - fives[i * 5 + 3])};
  }
  std::string_view value_of(std::string_view wanted) const {
    for (int i = 0; i < count; ++i)
      if (name(i) == wanted) return value(i);
    return {};
  }
};

class XmlReader {
 public:
  XmlReader(Document& document, Settings const& settings)
      : document_(document), settings_(settings), builder_(document, settings) {}

  Whole read();

 private:
  struct FreeContext {
    void operator()(xmlParserCtxt* context) const {
      xmlFreeDoc(context->myDoc);
      xmlFreeParserCtxt(context);
    }
  };

  void start(std::string_view name, std::string_view space, Attributes attributes);
  void start_root(std::string_view name, std::string_view space);
  void start_signed(std::string_view name, std::string_view space, Attributes attributes);
  void end();
  void text(std::string_view text);
  void end_now(Check check, std::string value = {}, std::string right = {});
  void problem(xmlError const& error);
  std::uint32_t offset() const;
  std::uint32_t tag_offset() const;

  static XmlReader& of(void* self) { return *static_cast<XmlReader*>(self); }
  static xmlSAXHandler callbacks();

  Document& document_;
  Settings const& settings_;
  TreeBuilder builder_;
  xmlParserCtxt* context_ = nullptr;
  std::int64_t depth_ = 0;
  std::int64_t signature_depth_ = 0;  // where the signature being read stands; 0 = in none
  bool signature_named_ = false;
  bool signature_enveloped_ = false;
  bool signature_seen_ = false;
  bool ended_ = false;
};

xmlSAXHandler XmlReader::callbacks() {
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.internalSubset = [](void* self, xmlChar const*, xmlChar const*, xmlChar const*) {
    of(self).end_now(Check::xml_doctype);
  };
  sax.startElementNs = [](void* self, xmlChar const* name, xmlChar const*, xmlChar const* space,
                          int, xmlChar const**, int count, int, xmlChar const** attributes) {
    of(self).start(text_view(name), text_view(space), Attributes{count, attributes});
  };
  sax.endElementNs = [](void* self, xmlChar const*, xmlChar const*, xmlChar const*) {
    of(self).end();
  };
  sax.characters = [](void* self, xmlChar const* text, int size) {
    of(self).text({reinterpret_cast<char const*>(text), static_cast<std::size_t>(size)});
  };
  sax.ignorableWhitespace = sax.characters;
  sax.cdataBlock = sax.characters;
  sax.serror = [](void* self, auto* error) { of(self).problem(*error); };
  return sax;
}

Whole XmlReader::read() {
  [[maybe_unused]] static bool const initialised = (xmlInitParser(), true);
  auto const source = document_.source;
  std::unique_ptr<xmlParserCtxt, FreeContext> const context(
      xmlCreateMemoryParserCtxt(source.data(), static_cast<int>(source.size())));
  if (!context) {  // what it says of an empty document
    end_now(Check::xml_wellformed, "0 byte");
    return Whole::no;
  }
  context_ = context.get();
  xmlCtxtUseOptions(
      context_, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  *context_->sax = callbacks();
  context_->userData = this;
  xmlParseDocument(context_);
  if (!ended_ && context_->wellFormed == 0) end_now(Check::xml_wellformed, "");
  context_ = nullptr;
  if (ended_) builder_.abandon();
  return ended_ ? Whole::no : Whole::yes;
}

std::uint32_t XmlReader::offset() const {
  auto const* input = context_ ? context_->input : nullptr;
  if (!input) return 0;
  return static_cast<std::uint32_t>(input->consumed) +
         static_cast<std::uint32_t>(input->cur - input->base);
}

// libxml2 reports an element when its start tag has been read; where that began.
std::uint32_t XmlReader::tag_offset() const {
  auto const* input = context_->input;
  auto const* at = input->cur;
  while (at > input->base && *at != '<') --at;
  return offset() - static_cast<std::uint32_t>(input->cur - at);
}

void XmlReader::end_now(Check check, std::string value, std::string right) {
  if (ended_) return;
  ended_ = true;
  Fault fault;
  fault.check = check;
  fault.element = Element::alert;
  fault.node = document_.nodes.empty() ? no_node : builder_.node();
  fault.offset = check == Check::xml_wellformed ? offset() : tag_offset();
  fault.value = std::move(value);
  fault.right = std::move(right);
  document_.faults.add(std::move(fault));
  if (context_ && check != Check::xml_wellformed) xmlStopParser(context_);
}

void XmlReader::problem(xmlError const& error) {
  if (ended_ || error.level < XML_ERR_ERROR) return;
  std::string_view const message = error.message ? error.message : "";
  end_now(Check::xml_wellformed, std::string(trimmed(message)));
}

void XmlReader::start(std::string_view name, std::string_view space, Attributes attributes) {
  if (ended_) return;
  if (++depth_ > settings_.depth_max) {
    end_now(Check::limit_depth, {}, std::to_string(settings_.depth_max));
    return;
  }
  if (depth_ == 1) {
    start_root(name, space);
    if (ended_) return;
  } else if (signature_depth_ > 0 || (space == signature_namespace && depth_ == 2)) {
    start_signed(name, space, attributes);
    return;
  } else if (space != cap_namespace) {
    builder_.open_unknown(name, tag_offset());
  } else {
    if (signature_seen_ && depth_ == 2)
      builder_.fault(Check::xml_order, Element::alert, std::string(name), "Signature");
    builder_.open(name, tag_offset());
  }
  if (!builder_.skipping())
    for (int i = 0; i < attributes.count; ++i)
      if (attributes.space(i) != instance_namespace)
        builder_.fault(Check::xml_attribute, Element::alert, std::string(attributes.name(i)));
  if (builder_.stopped()) {
    ended_ = true;
    xmlStopParser(context_);
  }
}

void XmlReader::start_root(std::string_view name, std::string_view space) {
  if (space == cap_namespace && name == "alert") {
    builder_.open_root(tag_offset());
  } else if (space == encryption_namespace && name == "EncryptedData") {
    end_now(Check::xml_encrypted);
  } else if (name == "alert") {
    end_now(Check::xml_namespace, std::string(space), std::string(cap_namespace));
  } else {
    end_now(Check::xml_root, std::string(name));
  }
}

void XmlReader::start_signed(std::string_view name, std::string_view space, Attributes attributes) {
  if (signature_depth_ == 0) {
    signature_depth_ = depth_;
    signature_seen_ = true;
    signature_named_ = name == "Signature";
    signature_enveloped_ = false;
  } else if (space == signature_namespace && name == "Transform" &&
             attributes.value_of("Algorithm") == enveloped_transform) {
    signature_enveloped_ = true;
  }
}

void XmlReader::end() {
  if (ended_) return;
  if (signature_depth_ > 0) {
    if (depth_ == signature_depth_) {
      if (signature_named_ && signature_enveloped_) document_.has_signature = true;
      if (signature_named_ && !signature_enveloped_)
        builder_.fault(Check::signature, Element::alert);
      signature_depth_ = 0;
    }
  } else {
    builder_.close();
  }
  --depth_;
}

void XmlReader::text(std::string_view text) {
  if (!ended_ && signature_depth_ == 0 && depth_ > 0) builder_.text(text);
}

void refuse_encoding(Document& document, Check check, std::string value) {
  Fault fault;
  fault.check = check;
  fault.element = Element::alert;
  fault.value = std::move(value);
  document.faults.add(std::move(fault));
}

void refuse_tag(Document& document, TooMuch const& found) {
  Fault fault;
  fault.check = found.check;
  fault.element = Element::alert;
  fault.offset = static_cast<std::uint32_t>(found.offset);
  fault.right = std::to_string(found.most);
  document.faults.add(std::move(fault));
}

}  // namespace

Whole read_xml(Document& document, std::string_view bytes, Settings const& settings) {
  auto const utf8 = as_utf8(bytes, document.converted);
  document.source = utf8.text;
  switch (utf8.fault) {
    case EncodingFault::nul:
      refuse_encoding(document, Check::nul, {});
      return Whole::no;
    case EncodingFault::unreadable:
      refuse_encoding(document, Check::xml_encoding, utf8.name);
      return Whole::no;
    case EncodingFault::none:
      break;
  }
  if (auto const found = too_much_in_a_tag(document.source)) {
    refuse_tag(document, *found);
    return Whole::no;
  }
  return XmlReader(document, settings).read();
}

}  // namespace siaga::cap
