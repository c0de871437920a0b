// json_reader: CAP in JSON (CAP's own names, repeatable elements always arrays), read as a stream
// by Boost.JSON.
//
// Place:  bytes -> JSON READER -> Document. Also takes the wrapper apart.
// Thread: any; one parser per call.
// Errors: faults in the document; paths are JSON pointers. After a syntax error the tree is what
//         came before it.
// See:    README.md of this folder, "JSON"; RFC 8259, RFC 6901.
#pragma once

#include "protocols/cap/document.hpp"
#include "protocols/cap/settings.hpp"
#include "protocols/cap/xml_reader.hpp"

namespace siaga::cap {

Whole read_json(Document& document, Settings const& settings);

}  // namespace siaga::cap
