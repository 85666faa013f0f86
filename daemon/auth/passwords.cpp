// Setup codes.
#include "auth/accounts.hpp"
#include "base/random.hpp"
#include "crypto/hash.hpp"
#include "domain/text.hpp"

#include <cctype>

namespace auth {

namespace {

// 26 letters, 16 of them a code: 75 bits. No 0/O, 1/I/L, 8/B, U/V: typed from paper.
constexpr std::string_view code_letters = "ACDEFGHJKMNPQRSTWXYZ234567";

} // namespace

std::string new_setup_code()
{
    std::string code;
    while (code.size() < 19) {
        if (code.size() % 5 == 4) {
            code.push_back('-');
            continue;
        }
        Byte byte = 0;
        base::fill_random({&byte, 1});
        if (byte >= code_letters.size() * 9) continue; // no letter is likelier than another
        code.push_back(code_letters[byte % code_letters.size()]);
    }
    return code;
}

Bytes setup_code_hash(std::string_view code)
{
    std::string folded;
    for (char const c : domain::half_width(code))
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            folded.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    auto const hash = crypto::sha256(base::as_bytes(folded));
    return {hash.begin(), hash.end()};
}

} // namespace auth
