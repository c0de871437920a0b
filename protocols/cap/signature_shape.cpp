#include "protocols/cap/signature_shape.hpp"

#include <algorithm>
#include <memory>
#include <span>

#include "protocols/cap/reasons.hpp"

namespace siaga::cap {
namespace {

constexpr std::string_view canonical[] = {"http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
                                          "http://www.w3.org/2001/10/xml-exc-c14n#"};
constexpr std::string_view digests[] = {"http://www.w3.org/2001/04/xmlenc#sha256",
                                        "http://www.w3.org/2001/04/xmldsig-more#sha384",
                                        "http://www.w3.org/2001/04/xmlenc#sha512"};
constexpr std::string_view methods[] = {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                                        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
                                        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
                                        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
                                        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
                                        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"};
constexpr char const* misbuilt = "it is not built as XML Signature says";

struct Attribute {
  bool there = false;
  std::string text;
};

Attribute attribute(xmlNode const* node, char const* name) {
  struct Free {
    void operator()(xmlChar* text) const { xmlFree(text); }
  };
  std::unique_ptr<xmlChar, Free> const value(
      xmlGetNoNsProp(node, reinterpret_cast<xmlChar const*>(name)));
  return {value != nullptr, std::string(text_view(value.get()))};
}

std::string algorithm(xmlNode const* node) {
  return attribute(node, "Algorithm").text;
}

bool among(std::string_view name, std::span<std::string_view const> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What people call an algorithm: the end of its address.
std::string short_name(std::string const& address) {
  auto const last = address.find_last_of("#/", address.empty() ? 0 : address.size() - 2);
  auto const name = shown(last == std::string::npos ? address : address.substr(last + 1));
  return name.empty() ? "nothing" : name;
}

std::string flaw_of_transforms(xmlNode const* transforms) {
  auto const steps = elements_of(transforms);
  for (auto const* step : steps) {
    auto const name = algorithm(step);
    if (name != enveloped_transform && !among(name, canonical))
      return "it transforms the document by " + short_name(name) +
             "; only enveloped-signature and canonicalisation without comments are right";
  }
  if (steps.empty() || algorithm(steps[0]) != enveloped_transform || steps.size() > 2 ||
      (steps.size() == 2 && !among(algorithm(steps[1]), canonical)))
    return "its transforms are not one enveloped-signature and then at most one canonicalisation";
  return {};
}

std::string flaw_of_reference(xmlNode const* reference) {
  auto const uri = attribute(reference, "URI");
  if (!uri.there) return "its reference has no URI; URI=\"\", the whole document, is right";
  if (!uri.text.empty())
    return "its reference is to \"" + shown(uri.text) +
           "\"; URI=\"\", the whole document, is right";
  auto const parts = elements_of(reference);
  if (parts.size() != 3 || !is_signature_element(parts[0], "Transforms") ||
      !is_signature_element(parts[1], "DigestMethod") ||
      !is_signature_element(parts[2], "DigestValue"))
    return misbuilt;
  if (auto flaw = flaw_of_transforms(parts[0]); !flaw.empty()) return flaw;
  if (auto const digest = algorithm(parts[1]); !among(digest, digests))
    return "its digest is " + short_name(digest) + "; SHA-256, SHA-384 or SHA-512 is right";
  return {};
}

bool has_more_than(xmlNode const* element, int names_left) {
  constexpr int attributes_max = 32;
  int attributes = 0;
  for (auto const* name = element->nsDef; name; name = name->next) --names_left;
  for (auto const* at = element->properties; at; at = at->next) ++attributes;
  if (names_left < 0 || attributes > attributes_max) return true;
  for (auto const* child = element->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE && has_more_than(child, names_left)) return true;
  return false;
}

}  // namespace

std::string_view text_view(xmlChar const* text) {
  return text ? std::string_view(reinterpret_cast<char const*>(text)) : std::string_view();
}

bool is_signature_element(xmlNode const* node, std::string_view name) {
  return node->type == XML_ELEMENT_NODE && text_view(node->name) == name && node->ns &&
         text_view(node->ns->href) == signature_namespace;
}

std::vector<xmlNode*> elements_of(xmlNode const* parent) {
  std::vector<xmlNode*> elements;
  for (auto* child = parent->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE) elements.push_back(child);
  return elements;
}

std::string flaw_of(xmlNode const* signature) {
  auto const parts = elements_of(signature);
  if (parts.size() < 2 || !is_signature_element(parts[0], "SignedInfo") ||
      !is_signature_element(parts[1], "SignatureValue"))
    return misbuilt;
  auto const info = elements_of(parts[0]);
  if (info.size() < 3 || !is_signature_element(info[0], "CanonicalizationMethod") ||
      !is_signature_element(info[1], "SignatureMethod") ||
      !is_signature_element(info[2], "Reference"))
    return misbuilt;
  if (info.size() > 3)
    return "it has " + std::to_string(info.size() - 2) + " references; exactly one is right";
  if (auto const form = algorithm(info[0]); !among(form, canonical))
    return "it is canonicalised by " + short_name(form) +
           "; C14N 1.0 or exclusive C14N without comments is right";
  if (auto const method = algorithm(info[1]); !among(method, methods))
    return "it is made with " + short_name(method) +
           "; RSA or ECDSA with SHA-256, SHA-384 or SHA-512 is right";
  return flaw_of_reference(info[2]);
}

bool is_overloaded(xmlNode const* root) {
  constexpr int names_max = 16;
  return has_more_than(root, names_max);
}

}  // namespace siaga::cap
