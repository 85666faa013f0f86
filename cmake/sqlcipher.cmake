# The one SQLite this program links: SQLCipher's amalgamation as carried by a pinned npm package
# (packaging/deps). Debian's own sqlcipher is too old to be safe; a new enough one may be used instead.
option(KURAMORI_SYSTEM_SQLCIPHER "link the system's SQLCipher (>= 4.14 on SQLite >= 3.51.3)" OFF)

if(KURAMORI_SYSTEM_SQLCIPHER)
  pkg_check_modules(sqlcipher REQUIRED IMPORTED_TARGET sqlcipher>=3.51.3)
  add_library(kuramori_sqlcipher INTERFACE)
  target_link_libraries(kuramori_sqlcipher INTERFACE PkgConfig::sqlcipher)
  target_compile_definitions(kuramori_sqlcipher INTERFACE SQLITE_HAS_CODEC)
  return()
endif()

set(amalgamation
  ${CMAKE_SOURCE_DIR}/packaging/deps/node_modules/@journeyapps/sqlcipher/deps/sqlcipher-amalgamation)
if(NOT EXISTS ${amalgamation}/sqlite3.c)
  message(FATAL_ERROR
    "SQLCipher is missing. Run once:  npm ci --ignore-scripts --prefix packaging/deps")
endif()

add_library(kuramori_sqlcipher STATIC ${amalgamation}/sqlite3.c)
target_include_directories(kuramori_sqlcipher SYSTEM PUBLIC ${amalgamation})
target_compile_definitions(kuramori_sqlcipher PUBLIC SQLITE_HAS_CODEC PRIVATE
  NDEBUG HAVE_STDINT_H=1 HAVE_USLEEP=1 HAVE_FDATASYNC=1 _REENTRANT=1
  SQLCIPHER_CRYPTO_OPENSSL
  SQLITE_EXTRA_INIT=sqlcipher_extra_init SQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown
  SQLITE_THREADSAFE=2 SQLITE_TEMP_STORE=3 SQLITE_SECURE_DELETE SQLITE_DQS=0
  SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_DEFAULT_WAL_AUTOCHECKPOINT=0 SQLITE_DEFAULT_MEMSTATUS=0
  SQLITE_OMIT_LOAD_EXTENSION SQLITE_OMIT_SHARED_CACHE
  SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_MAX_ATTACHED=0)
# Third-party C: its warnings are not ours to mend, and sanitizers would only slow it.
target_compile_options(kuramori_sqlcipher PRIVATE -w -O2 -fno-sanitize=all)
target_link_libraries(kuramori_sqlcipher PUBLIC OpenSSL::Crypto Threads::Threads m)
