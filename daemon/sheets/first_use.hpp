#pragma once
// ご利用案内: one A4 page for each person who is to choose a password, with the setup code in
// groups and as a QR code. Made when codes are issued and handed out at once: codes are kept as
// hashes, so no sheet can be made again.
#include "base/clock.hpp"

#include <string>
#include <vector>

namespace sheets {

struct FirstUse { // one page
    std::string name;
    std::string company; // of somebody of a client company; else empty
    std::string login_id;
    std::string code;
};

struct Issue { // what stands on all of them
    std::string office_name;
    std::string url; // "https://kura.example:8443", where people open Kuramori
    std::string ask; // whom to ask
    Instant issued_at;
    Instant expires_at;
};

std::string first_use_pdf(Issue const& issue, std::vector<FirstUse> const& people);

} // namespace sheets
