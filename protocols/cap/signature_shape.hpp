// signature_shape: whether an XML signature is of the one kind the gateway verifies, before any
// key is tried.
//
// Place:  xml_signature -> SIGNATURE SHAPE.
// Thread: any; pure.
// See:    XML Signature sections 4.1 to 4.4; CAP-v1.2 section 3.3.2.1.
#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>
#include <vector>

namespace siaga::cap {

inline constexpr std::string_view signature_namespace = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view enveloped_transform =
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

std::string_view text_view(xmlChar const* text);

bool is_signature_element(xmlNode const* node, std::string_view name);
std::vector<xmlNode*> elements_of(xmlNode const* parent);

// "" when it is of the kind; else what is wrong and what would be right.
std::string flaw_of(xmlNode const* signature);

// So many names in scope or attributes that canonicalising would cost out of all proportion.
bool is_overloaded(xmlNode const* root);

}  // namespace siaga::cap
