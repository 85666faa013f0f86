#include "passkeys/attestation_object.hpp"

#include <cbor.h>

#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

namespace passkeys {

namespace {

constexpr std::size_t object_max = 16 << 10;
constexpr std::size_t depth_max = 8;

struct Walk {
    std::vector<std::size_t> open; // items that each open container still waits for
    std::size_t left = 0;          // bytes
    bool sound = true;

    void item_done()
    {
        while (!open.empty() && --open.back() == 0) open.pop_back();
    }
    void begin(std::size_t claimed, std::size_t items_each)
    {
        if (claimed > left || open.size() >= depth_max) sound = false;
        if (!sound) return;
        if (claimed == 0) return item_done();
        open.push_back(claimed * items_each);
    }
};

cbor_callbacks walking()
{
    auto const done = [](void* walk) { static_cast<Walk*>(walk)->item_done(); };
    auto const unsound = [](void* walk) { static_cast<Walk*>(walk)->sound = false; };
    auto calls = cbor_empty_callbacks;
    calls.uint8 =
        calls.negint8 = [](void* walk, std::uint8_t) { static_cast<Walk*>(walk)->item_done(); };
    calls.uint16 =
        calls.negint16 = [](void* walk, std::uint16_t) { static_cast<Walk*>(walk)->item_done(); };
    calls.uint32 =
        calls.negint32 = [](void* walk, std::uint32_t) { static_cast<Walk*>(walk)->item_done(); };
    calls.uint64 =
        calls.negint64 = [](void* walk, std::uint64_t) { static_cast<Walk*>(walk)->item_done(); };
    calls.string = calls.byte_string = [](void* walk, cbor_data, std::size_t) {
        static_cast<Walk*>(walk)->item_done();
    };
    calls.boolean = [](void* walk, bool) { static_cast<Walk*>(walk)->item_done(); };
    calls.null = done;
    calls.array_start = [](void* walk, std::size_t n) { static_cast<Walk*>(walk)->begin(n, 1); };
    calls.map_start = [](void* walk, std::size_t n) { static_cast<Walk*>(walk)->begin(n, 2); };
    // What canonical CBOR of authenticators never has.
    calls.undefined = calls.indef_break = unsound;
    calls.string_start = calls.byte_string_start = unsound;
    calls.indef_array_start = calls.indef_map_start = unsound;
    calls.tag = [](void* walk, std::uint64_t) { static_cast<Walk*>(walk)->sound = false; };
    calls.float2 =
        calls.float4 = [](void* walk, float) { static_cast<Walk*>(walk)->sound = false; };
    calls.float8 = [](void* walk, double) { static_cast<Walk*>(walk)->sound = false; };
    return calls;
}

struct CborFreed {
    void operator()(cbor_item_t* item) const { cbor_decref(&item); }
};
using Cbor = std::unique_ptr<cbor_item_t, CborFreed>;

std::optional<std::string_view> text_of(cbor_item_t const* item)
{
    if (!cbor_isa_string(item)) return std::nullopt;
    return base::as_text({cbor_string_handle(item), cbor_string_length(item)});
}

bool read_statement(AttestationObject& out, cbor_item_t const* value)
{
    if (!cbor_isa_map(value) || !out.statement.empty()) return false;
    unsigned char* buffer = nullptr;
    std::size_t size = 0;
    auto const written = cbor_serialize_alloc(value, &buffer, &size);
    std::unique_ptr<unsigned char, decltype(&std::free)> const holder{buffer, &std::free};
    if (written == 0) return false;
    out.statement.assign(buffer, buffer + written);
    out.empty_statement = cbor_map_size(value) == 0;
    return true;
}

bool read_member(AttestationObject& out, std::string_view name, cbor_item_t const* value)
{
    if (name == "attStmt") return read_statement(out, value);
    if (name == "fmt") {
        auto const format = text_of(value);
        if (!format || !out.format.empty()) return false;
        out.format = *format;
        return !out.format.empty();
    }
    if (name != "authData" || !cbor_isa_bytestring(value)) return false;
    auto const* const first = cbor_bytestring_handle(value);
    if (!first || !out.authenticator_data.empty()) return false;
    out.authenticator_data.assign(first, first + cbor_bytestring_length(value));
    return !out.authenticator_data.empty();
}

} // namespace

bool sound_cbor(ByteView bytes)
{
    static cbor_callbacks const calls = walking();
    Walk walk;
    while (!bytes.empty()) {
        walk.left = bytes.size();
        auto const read = cbor_stream_decode(bytes.data(), bytes.size(), &calls, &walk);
        if (read.status != CBOR_DECODER_FINISHED || read.read == 0 || !walk.sound) return false;
        bytes = bytes.subspan(read.read);
    }
    return walk.open.empty();
}

std::optional<AttestationObject> read_attestation_object(ByteView bytes)
{
    if (bytes.empty() || bytes.size() > object_max || !sound_cbor(bytes)) return std::nullopt;
    cbor_load_result result{};
    Cbor const root{cbor_load(bytes.data(), bytes.size(), &result)};
    if (!root || result.error.code != CBOR_ERR_NONE || result.read != bytes.size())
        return std::nullopt;
    if (!cbor_isa_map(root.get()) || cbor_map_size(root.get()) != 3) return std::nullopt;
    AttestationObject out;
    auto const* const pairs = cbor_map_handle(root.get());
    for (std::size_t i = 0; i < 3; ++i) {
        auto const name = text_of(pairs[i].key);
        if (!name || !read_member(out, *name, pairs[i].value)) return std::nullopt;
    }
    return out;
}

} // namespace passkeys
