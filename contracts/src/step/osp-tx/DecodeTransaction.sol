// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessList} from "./AccessList.sol";
import {RlpReader} from "./RlpReader.sol";
import {RlpWriter} from "./RlpWriter.sol";

/// @title The grammar of ordered transactions (docs/protocol/transactions.md)
/// @notice Total: any bytes are a transaction or none, in gas linear in their number. Twin of shared/protocol/src/transaction/decode.ts.
library DecodeTransaction {
    using RlpReader for RlpReader.Reader;

    /// @dev Order of secp256k1.
    uint256 internal constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    /// @dev A signature with a greater s is malleable and refused (EIP-2).
    uint256 internal constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @dev No gas limit up to 2^24 pays for more authorizations: that many make a transaction that is skipped.
    uint256 internal constant MAX_AUTHORIZATIONS = 671;

    /// @param txType              0, 1, 2 or 4.
    /// @param isProtected         Whether there is a chain id: not in a legacy transaction with v 27 or 28.
    /// @param tipCap              Max priority fee; for types 0 and 1 the gas price. Wei per gas.
    /// @param feeCap              Max fee; for types 0 and 1 the gas price. Wei per gas.
    /// @param to                  0 for a creation.
    /// @param dataOffset          Of the call data in the encoding; 0 when there are none.
    /// @param accessBegin         Address in memory of the access list's items; 0 for type 0.
    /// @param addressCount        Entries of the access list.
    /// @param keyCount            Their storage keys.
    /// @param authorizationBegin  Address in memory of the authorizations; 0 but for type 4.
    /// @param authorizationEnd    Behind them.
    /// @param authorizationCount  How many.
    struct Transaction {
        uint256 txType;
        bool isProtected;
        uint256 chainId;
        uint256 nonce;
        uint256 tipCap;
        uint256 feeCap;
        uint256 gasLimit;
        bool isCreation;
        uint256 to;
        uint256 value;
        uint256 dataOffset;
        uint256 dataLength;
        uint256 accessBegin;
        uint256 addressCount;
        uint256 keyCount;
        uint256 authorizationBegin;
        uint256 authorizationEnd;
        uint256 authorizationCount;
        uint256 yParity;
        uint256 r;
        uint256 s;
        bytes32 signingHash;
    }

    /// @notice What `raw` encodes; `isValid` is false for anything that the grammar or the ranges of v, yParity, r and s refuse, and for more authorizations
    ///         than any gas limit pays for. `transaction` points into `raw`.
    function decodeTransaction(bytes memory raw) internal pure returns (bool isValid, Transaction memory transaction) {
        unchecked {
            if (raw.length == 0) return (false, transaction);
            uint256 begin;
            assembly ("memory-safe") {
                begin := add(raw, 0x20)
            }
            uint256 first = uint8(raw[0]);
            bool isLegacy = first >= 0xc0;
            if (!isLegacy && first != 1 && first != 2 && first != 4) return (false, transaction);
            transaction.txType = isLegacy ? 0 : first;
            RlpReader.Reader memory reader = isLegacy ? RlpReader.open(begin, raw.length) : RlpReader.open(begin + 1, raw.length - 1);
            uint256 outer = reader.enter();
            uint256 fields = reader.next;
            _readMessage(reader, transaction, begin);
            if (!isLegacy) _readLists(reader, transaction);
            uint256 signed = reader.next;
            _readSignature(reader, transaction);
            reader.exit(outer);
            if (reader.bad || reader.next != outer || !_isInRange(transaction)) return (false, transaction);
            transaction.signingHash = _signingHash(transaction, fields, signed - fields);
            isValid = true;
        }
    }

    /// @dev Everything up to the data, for legacy transactions without their chain id.
    function _readMessage(RlpReader.Reader memory reader, Transaction memory t, uint256 begin) private pure {
        if (t.txType != 0) {
            t.isProtected = true;
            t.chainId = reader.integer(32);
        }
        t.nonce = reader.integer(8);
        t.tipCap = reader.integer(32);
        t.feeCap = t.txType < 2 ? t.tipCap : reader.integer(32);
        t.gasLimit = reader.integer(8);
        (t.isCreation, t.to) = _readTo(reader, t.txType != 4);
        t.value = reader.integer(32);
        uint256 data;
        (data, t.dataLength) = reader.byteString();
        if (t.dataLength > 0) t.dataOffset = data - begin;
    }

    function _readTo(RlpReader.Reader memory reader, bool mayCreate) private pure returns (bool isCreation, uint256 to) {
        // The empty string has this one form.
        if (mayCreate && reader.next < reader.end && _byteAt(reader.next) == 0x80) {
            reader.byteString();
            return (true, 0);
        }
        to = reader.fixedBytes(20);
    }

    function _readLists(RlpReader.Reader memory reader, Transaction memory t) private pure {
        unchecked {
            uint256 outer = reader.enter();
            t.accessBegin = reader.next;
            bool isGood;
            (isGood, t.addressCount, t.keyCount) = AccessList.check(reader.next, reader.end);
            if (!isGood) reader.fail();
            reader.next = reader.end;
            reader.exit(outer);
            if (t.txType != 4) return;
            outer = reader.enter();
            t.authorizationBegin = reader.next;
            while (reader.hasMore()) {
                _readAuthorization(reader);
                if (++t.authorizationCount > MAX_AUTHORIZATIONS) reader.fail();
            }
            t.authorizationEnd = reader.next;
            reader.exit(outer);
            if (t.authorizationCount == 0) reader.fail();
        }
    }

    function _readAuthorization(RlpReader.Reader memory reader) private pure {
        uint256 outer = reader.enter();
        reader.integer(32);
        reader.fixedBytes(20);
        reader.integer(8);
        reader.integer(1);
        reader.integer(32);
        reader.integer(32);
        reader.exit(outer);
    }

    /// @dev v of a legacy transaction is 27, 28, or 35 + 2 · chain id + yParity (EIP-155); for others a yParity of 2 stands for what is out of range.
    function _readSignature(RlpReader.Reader memory reader, Transaction memory t) private pure {
        unchecked {
            uint256 v = reader.integer(32);
            if (t.txType != 0) {
                t.yParity = v;
            } else if (v >= 35) {
                (t.isProtected, t.chainId, t.yParity) = (true, (v - 35) / 2, (v - 35) % 2);
            } else {
                t.yParity = v == 27 || v == 28 ? v - 27 : 2;
            }
            t.r = reader.integer(32);
            t.s = reader.integer(32);
        }
    }

    function _isInRange(Transaction memory t) private pure returns (bool) {
        return t.yParity < 2 && t.r > 0 && t.r < ORDER && t.s > 0 && t.s <= HALF_ORDER;
    }

    /// @dev What the sender signs: the fields before the signature and, if a legacy transaction has a chain id, `chainId, 0, 0`.
    function _signingHash(Transaction memory t, uint256 fields, uint256 size) private pure returns (bytes32) {
        bytes memory tail = t.txType == 0 && t.isProtected ? bytes.concat(RlpWriter.integer(t.chainId), hex"8080") : bytes("");
        return keccak256(RlpWriter.list(t.txType, fields, size, tail));
    }

    function _byteAt(uint256 place) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := byte(0, mload(place))
        }
    }
}
