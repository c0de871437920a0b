// PageStyle: how the pages look, and the hash by which the policy allows exactly this and no other.
//
// Place:  ack page; head_of. A test compares the two.
// Form:   the hash is base64 of SHA-256 over the text between the style tags (CSP level 3, 2.3.1).
#pragma once

namespace siaga::http {

inline constexpr char page_style[] = R"(
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f2f4f6;color:#16202a;
font:17px/1.45 system-ui,-apple-system,"Noto Sans",sans-serif}
main{max-width:34rem;margin:0 auto;padding:16px 16px 32px}
.card{background:#fff;border-radius:14px;overflow:hidden;box-shadow:0 1px 4px rgba(0,0,0,.12)}
.bar{padding:14px 18px;color:#fff;font-weight:700;letter-spacing:.03em;background:#375a7f}
.AWAS{background:#b3141d}.SIAGA{background:#c2570c}.WASPADA{background:#8a6d00}
.mark{background:#4a148c}
.in{padding:16px 18px}
h1{margin:0 0 4px;font-size:1.5rem;line-height:1.2}
p{margin:6px 0;overflow-wrap:anywhere}
.quiet{color:#51606d;font-size:.95rem}
.act{font-weight:600;margin-top:12px}
label{display:block;margin:18px 0 6px;font-weight:600}
input{width:100%;padding:13px;font-size:1.2rem;border:2px solid #9aa7b3;border-radius:10px;
background:#fff;color:inherit}
input.code{font-size:1.7rem;letter-spacing:.35em;text-align:center}
.row{display:flex;gap:12px;margin-top:20px}
button{flex:1;min-height:58px;border:0;border-radius:10px;font:inherit;font-size:1.1rem;
font-weight:700;color:#fff;background:#14713a}
button.no{background:#5b6671}
.err{background:#fde7e7;border-left:5px solid #b3141d;padding:10px 14px;border-radius:6px;
margin-top:14px}
input:focus,button:focus{outline:3px solid #1b6ec2;outline-offset:2px}
)";
inline constexpr char page_style_sha256[] = "b3FHC6dRRJW92dc6mOO+oN4D7A9OyQ8dxOYo7d2jdU8=";

}  // namespace siaga::http
