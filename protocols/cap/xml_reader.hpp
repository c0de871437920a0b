// xml_reader: CAP in XML, read as a stream of elements by libxml2.
//
// Place:  bytes -> XML READER -> Document.
// Thread: any; one parser per call.
// Safety: no network, no entities, no DTD (the first sign of one ends it), limits before and
//         during.
// Errors: faults in the document. After one that ends the reading the tree is what came before it.
// See:    CAP-v1.2 section 3.4; XML Signature, for the one place where it may stand.
#pragma once

#include "protocols/cap/document.hpp"
#include "protocols/cap/settings.hpp"

namespace siaga::cap {

enum class Whole { yes, no };  // whether the message could be read to its end

Whole read_xml(Document& document, std::string_view bytes, Settings const& settings);

}  // namespace siaga::cap
