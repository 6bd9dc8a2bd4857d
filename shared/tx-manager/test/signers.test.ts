import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signerSection } from '@crema/service-kit'
import { type Hex, parseTransaction, recoverTransactionAddress, type TransactionSerializedEIP1559 } from 'viem'
import { afterEach, describe, expect, it } from 'vitest'
import {
  createSigner,
  decryptKeystore,
  mnemonicSigner,
  privateKeySigner,
  remoteSigner,
  type UnsignedTransaction,
} from '../src/index.ts'

const tx: UnsignedTransaction = {
  chainId: 31337,
  nonce: 0,
  to: `0x${'bb'.repeat(20)}`,
  data: '0x1234',
  valueWei: 5n,
  gasLimit: 50_000n,
  tipWei: 1n,
  feeCapWei: 3n,
}
const key = `0x${'11'.repeat(32)}` as const

describe('local keys', () => {
  it('sign EIP-1559 transactions that say what was asked', async () => {
    const signer = privateKeySigner(key)
    const raw = (await signer.sign(tx)) as TransactionSerializedEIP1559
    expect(parseTransaction(raw)).toMatchObject({
      type: 'eip1559',
      chainId: 31337,
      to: tx.to,
      data: '0x1234',
      value: 5n,
      gas: 50_000n,
    })
    expect((await recoverTransactionAddress({ serializedTransaction: raw })).toLowerCase()).toBe(signer.address)
  })
  it('derive the known first accounts of the development mnemonic', () => {
    const mnemonic = 'test test test test test test test test test test test junk'
    expect(mnemonicSigner(mnemonic).address).toBe('0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266')
    expect(mnemonicSigner(mnemonic, "m/44'/60'/0'/0/1").address).toBe('0x70997970c51812dc3a010c7d01b50e0d17dc79c8')
  })
})

/** Test vector of the Web3 Secret Storage definition. */
const secret = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d'
const pbkdf2 = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: {
      c: 262144,
      dklen: 32,
      prf: 'hmac-sha256',
      salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
    },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
  version: 3,
}
/** The same key encrypted by Foundry's `cast wallet import`. */
const scrypt = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '1c814e8902a84d92192c650bd126b1e0' },
    ciphertext: '9458b0f3a2ec154d5f42aea7a7e2fbb7c6afa7464c3c79da39af18b6ae6a1cb2',
    kdf: 'scrypt',
    kdfparams: {
      dklen: 32,
      n: 8192,
      p: 1,
      r: 8,
      salt: '206df9c9a117a6e58c7dfcec1bae3e57f9a18a562df06713ad3992ab3a5831e0',
    },
    mac: '025d882f7423310c021e596db2b9e920e49a75e5fd7615a2b7492e5bad612ff4',
  },
  version: 3,
}

describe('keystore', () => {
  it.each([
    ['pbkdf2', pbkdf2],
    ['scrypt', scrypt],
  ])('decrypts the %s vector', (_, document) => {
    expect(decryptKeystore(JSON.stringify(document), 'testpassword')).toBe(secret)
  })
  it.each([
    ['a wrong password', JSON.stringify(pbkdf2), 'wrong', /wrong keystore password/],
    ['another version', JSON.stringify({ ...pbkdf2, version: 1 }), 'testpassword', /version 3/],
    [
      'another cipher',
      JSON.stringify({ ...pbkdf2, crypto: { ...pbkdf2.crypto, cipher: 'aes-256' } }),
      'testpassword',
      /cipher/,
    ],
    [
      'scrypt parameters OpenSSL has no memory for',
      JSON.stringify({
        ...scrypt,
        crypto: { ...scrypt.crypto, kdfparams: { ...scrypt.crypto.kdfparams, n: 262144, r: 1 } },
      }),
      'testpassword',
      /scrypt parameters/,
    ],
    ['no JSON', '{', 'testpassword', /no JSON/],
  ])('refuses %s', (_, json, password, message) => {
    expect(() => decryptKeystore(json, password)).toThrow(
      expect.objectContaining({ code: 'tx.keystore', message: expect.stringMatching(message) }),
    )
  })
  it('is read from a file, whose address must match', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'crema-key-')), 'key.json')
    const { address } = privateKeySigner(secret)
    writeFileSync(path, JSON.stringify({ ...pbkdf2, address: address.slice(2) }))
    expect(createSigner({ keystore: path, password: 'testpassword' }).address).toBe(address)
    writeFileSync(path, JSON.stringify({ ...pbkdf2, address: '00'.repeat(20) }))
    expect(() => createSigner({ keystore: path, password: 'testpassword' })).toThrow(/holds the key of/)
  })
})

describe('remote signer', () => {
  let server: Server | undefined
  afterEach(() => void server?.close())

  /** A JSON-RPC signer over HTTP that answers as told, and keeps what it was asked. */
  async function serve(answer: (asked: { method: string; params: [Record<string, Hex>] }) => Promise<object>) {
    const seen: { headers: Record<string, unknown>; body: unknown }[] = []
    server = createServer(async (request, response) => {
      let text = ''
      for await (const chunk of request) text += chunk
      const body = JSON.parse(text)
      seen.push({ headers: request.headers, body })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ jsonrpc: '2.0', id: body.id, ...(await answer(body)) }))
    })
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
  }
  const holder = privateKeySigner(key)

  it.each([
    ['the raw transaction', (raw: Hex) => ({ result: raw })],
    ['raw and tx', (raw: Hex) => ({ result: { raw, tx: {} } })],
  ])('takes %s, sends headers and the whole request', async (_, wrap) => {
    const { url, seen } = await serve(async () => wrap(await holder.sign(tx)))
    const signer = createSigner({
      remoteUrl: url,
      remoteAddress: holder.address.toUpperCase().replace('0X', '0x'),
      remoteHeaders: ['Authorization: Bearer a:b'],
    })
    expect(signer.address).toBe(holder.address)
    expect(await signer.sign(tx)).toBe(await holder.sign(tx))
    expect(seen[0]!.headers.authorization).toBe('Bearer a:b')
    expect(seen[0]!.body).toMatchObject({
      method: 'eth_signTransaction',
      params: [
        {
          from: holder.address,
          to: tx.to,
          data: '0x1234',
          value: '0x5',
          gas: '0xc350',
          nonce: '0x0',
          chainId: '0x7a69',
          maxFeePerGas: '0x3',
          maxPriorityFeePerGas: '0x1',
        },
      ],
    })
  })

  it.each([
    ['another nonce', { ...tx, nonce: 1 }],
    ['another receiver', { ...tx, to: `0x${'cc'.repeat(20)}` as const }],
    ['another value', { ...tx, valueWei: 6n }],
    ['other data', { ...tx, data: '0x1235' as const }],
    ['other fees', { ...tx, feeCapWei: 4n }],
    ['another chain', { ...tx, chainId: 1 }],
  ])('refuses %s', async (_, signed) => {
    const { url } = await serve(async () => ({ result: await holder.sign(signed) }))
    await expect(remoteSigner({ url, address: holder.address }).sign(tx)).rejects.toMatchObject({
      code: 'tx.signer',
      retryable: false,
    })
  })
  it('refuses the signature of another key', async () => {
    const { url } = await serve(async () => ({ result: await privateKeySigner(secret).sign(tx) }))
    await expect(remoteSigner({ url, address: holder.address }).sign(tx)).rejects.toMatchObject({ code: 'tx.signer' })
  })
  it('passes on a refusal and tells an outage apart', async () => {
    const { url } = await serve(async () => ({ error: { code: -32010, message: 'policy' } }))
    await expect(remoteSigner({ url, address: holder.address }).sign(tx)).rejects.toMatchObject({
      message: expect.stringMatching(/policy/),
      retryable: false,
    })
    server!.close()
    server!.closeAllConnections()
    await expect(remoteSigner({ url, address: holder.address }).sign(tx)).rejects.toMatchObject({
      code: 'tx.signer',
      retryable: true,
    })
  })
})

it('takes the signer section of a service’s configuration', () => {
  expect(createSigner(signerSection.parse({ privateKey: key })).address).toBe(privateKeySigner(key).address)
})

it('names no key when the configuration has none', () => {
  expect(() => createSigner({})).toThrow(expect.objectContaining({ code: 'tx.signer' }))
})
