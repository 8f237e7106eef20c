// Checks a log of this package with the Go checksum database's own code (golang.org/x/mod/sumdb).
//
// Reads a JSON description from standard input, prints one line per thing that was checked, and fails on the first
// thing that is wrong. Started by test_go.py.
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type proof struct {
	Index  int64
	Size   int64
	Hashes [][]byte
}

type consistency struct {
	Old    int64
	New    int64
	Hashes [][]byte
}

type task struct {
	Folder      string
	Vkey        string
	Witness     string
	Checkpoints []string
	Inclusion   []proof
	Consistency []consistency
}

func must(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
}

func demand(holds bool, what string) {
	if !holds {
		fmt.Fprintln(os.Stderr, what)
		os.Exit(1)
	}
}

// cosigner verifies cosignatures of type 0x04, which the note package does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(signed), sig[8:])
}

func newCosigner(vkey string) cosigner {
	parts := strings.SplitN(vkey, "+", 3)
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	must(err, "witness key")
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	must(err, "witness key")
	demand(raw[0] == 4 && len(raw) == 33, "not a witness key")
	return cosigner{parts[0], uint32(hash), raw[1:]}
}

// files reads the tiles of the log; the paths of tlog-tiles lack the height that sumdb puts into them.
type files struct{ folder string }

func (f files) Height() int                      { return 8 }
func (f files) SaveTiles([]tlog.Tile, [][]byte) {}
func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(f.folder, path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func hashes(raw [][]byte) []tlog.Hash {
	var all []tlog.Hash
	for _, one := range raw {
		var hash tlog.Hash
		copy(hash[:], one)
		all = append(all, hash)
	}
	return all
}

func same(a, b []tlog.Hash) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// entries reads all entries from the bundles of a tree of the given size.
func entries(folder string, size int64) [][]byte {
	var all [][]byte
	for n := int64(0); n*256 < size; n++ {
		tile := tlog.Tile{H: 8, L: -1, N: n, W: 256}
		if size-n*256 < 256 {
			tile.W = int(size - n*256)
		}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(folder, path))
		must(err, "entry bundle")
		for len(data) > 0 {
			length := int(binary.BigEndian.Uint16(data))
			all = append(all, data[2:2+length])
			data = data[2+length:]
		}
	}
	demand(int64(len(all)) == size, "another number of entries")
	return all
}

func replay(all [][]byte) func(size int64) tlog.Hash {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	for n, entry := range all {
		more, err := tlog.StoredHashes(int64(n), entry, reader)
		must(err, "replay")
		stored = append(stored, more...)
	}
	return func(size int64) tlog.Hash {
		root, err := tlog.TreeHash(size, reader)
		must(err, "replay")
		return root
	}
}

func main() {
	var t task
	must(json.NewDecoder(os.Stdin).Decode(&t), "task")
	verifier, err := note.NewVerifier(t.Vkey)
	must(err, "vkey")
	witness := newCosigner(t.Witness)

	roots := map[int64]tlog.Hash{}
	largest := int64(0)
	for _, text := range t.Checkpoints {
		opened, err := note.Open([]byte(text), note.VerifierList(verifier, witness))
		must(err, "checkpoint")
		demand(len(opened.Sigs) == 2 && len(opened.UnverifiedSigs) == 0, "signatures")
		lines := strings.Split(opened.Text, "\n")
		demand(len(lines) == 4 && lines[0] == verifier.Name(), "origin")
		size, err := strconv.ParseInt(lines[1], 10, 64)
		must(err, "size")
		root, err := tlog.ParseHash(lines[2])
		must(err, "root")
		roots[size] = root
		if size > largest {
			largest = size
		}
		changed := strings.Replace(text, "\n"+lines[1]+"\n", "\n"+lines[1]+"1\n", 1)
		_, err = note.Open([]byte(changed), note.VerifierList(verifier))
		demand(err != nil, "a changed checkpoint opened")
		fmt.Printf("checkpoint %d\n", size)
	}

	all := entries(t.Folder, largest)
	rootOf := replay(all)
	for size, root := range roots {
		if size > 0 {
			demand(rootOf(size) == root, "replay gives another root")
		}
	}
	fmt.Printf("replay %d\n", len(all))

	for _, p := range t.Inclusion {
		leaf := tlog.RecordHash(all[p.Index])
		must(tlog.CheckRecord(tlog.RecordProof(hashes(p.Hashes)), p.Size, roots[p.Size], p.Index, leaf), "inclusion")
		reader := tlog.TileHashReader(tlog.Tree{N: p.Size, Hash: roots[p.Size]}, files{t.Folder})
		own, err := tlog.ProveRecord(p.Size, p.Index, reader)
		must(err, "inclusion from tiles")
		demand(same(own, hashes(p.Hashes)), "another inclusion proof")
		if p.Index > 0 {
			wrong := tlog.CheckRecord(own, p.Size, roots[p.Size], p.Index-1, leaf)
			demand(wrong != nil, "an inclusion proof for another index")
		}
	}
	fmt.Printf("inclusion %d\n", len(t.Inclusion))

	for _, p := range t.Consistency {
		must(tlog.CheckTree(tlog.TreeProof(hashes(p.Hashes)), p.New, roots[p.New], p.Old, roots[p.Old]), "consistency")
		reader := tlog.TileHashReader(tlog.Tree{N: p.New, Hash: roots[p.New]}, files{t.Folder})
		own, err := tlog.ProveTree(p.New, p.Old, reader)
		must(err, "consistency from tiles")
		demand(same(own, hashes(p.Hashes)), "another consistency proof")
	}
	fmt.Printf("consistency %d\n", len(t.Consistency))

	signer, err := note.NewSigner("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")
	must(err, "signer")
	signed, err := note.Sign(&note.Note{Text: "Zeile eins\n\nZeile drei\n"}, signer)
	must(err, "sign")
	demand(bytes.HasPrefix(signed, []byte("Zeile eins")), "note")
	fmt.Printf("note %s\n", base64.StdEncoding.EncodeToString(signed))
}
