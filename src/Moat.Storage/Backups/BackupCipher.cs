using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Moat.Storage.Backups;

/// <summary>The backup is damaged, cut, or not for this passphrase.</summary>
public sealed class BackupUnreadable(string message) : Exception(message);

/// <summary>
/// Encrypts a backup with a passphrase: Argon2id makes the key, AES-256-GCM seals one mebibyte after the other. Each
/// piece is bound to its place and to being the last or not, so that a cut or rearranged file does not open.
/// </summary>
public static class BackupCipher
{
    private const int PieceSize = 1024 * 1024;
    private const int TagSize = 16;
    private const int SaltSize = 16;
    private static readonly byte[] Magic = "MOAT BACKUP 1\n"u8.ToArray();
    private static readonly Argon2Parameters Cost = new()
    {
        DegreeOfParallelism = 1,
        MemorySize = 64 * 1024,
        NumberOfPasses = 3,
    };

    /// <summary>Shortest passphrase that is taken.</summary>
    public const int ShortestPassphrase = 12;

    /// <summary>Encrypts all of <paramref name="plain"/>.</summary>
    public static void Encrypt(Stream plain, Stream sealedStream, string passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        sealedStream.Write(Magic);
        sealedStream.Write(salt);
        using var cipher = Cipher(passphrase, salt);
        var (piece, next) = (new byte[PieceSize], new byte[PieceSize]);
        var length = plain.ReadAtLeast(piece, PieceSize, throwOnEndOfStream: false);
        var box = new byte[PieceSize + TagSize];
        for (uint number = 0; ; number++)
        {
            var nextLength = length < PieceSize ? 0 : plain.ReadAtLeast(next, PieceSize, throwOnEndOfStream: false);
            cipher.Encrypt(
                Nonce(number, nextLength == 0),
                piece.AsSpan(0, length),
                box.AsSpan(0, length),
                box.AsSpan(length, TagSize)
            );
            sealedStream.Write(box, 0, length + TagSize);
            if (nextLength == 0)
                return;
            (piece, next, length) = (next, piece, nextLength);
        }
    }

    /// <summary>Decrypts. Throws <see cref="BackupUnreadable"/> before anything wrong is believed.</summary>
    public static void Decrypt(Stream sealedStream, Stream plain, string passphrase)
    {
        var head = new byte[Magic.Length + SaltSize];
        if (
            sealedStream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
            || !head.AsSpan().StartsWith(Magic)
        )
            throw new BackupUnreadable("This is not a backup of Moat.");
        using var cipher = Cipher(passphrase, head[Magic.Length..]);
        var (box, next) = (new byte[PieceSize + TagSize], new byte[PieceSize + TagSize]);
        var length = sealedStream.ReadAtLeast(box, box.Length, throwOnEndOfStream: false);
        var piece = new byte[PieceSize];
        for (uint number = 0; ; number++)
        {
            var nextLength =
                length < box.Length ? 0 : sealedStream.ReadAtLeast(next, next.Length, throwOnEndOfStream: false);
            if (length < TagSize)
                throw new BackupUnreadable("The backup was cut.");
            var size = length - TagSize;
            try
            {
                cipher.Decrypt(
                    Nonce(number, nextLength == 0),
                    box.AsSpan(0, size),
                    box.AsSpan(size, TagSize),
                    piece.AsSpan(0, size)
                );
            }
            catch (AuthenticationTagMismatchException)
            {
                throw new BackupUnreadable(
                    number == 0
                        ? "The passphrase is not the one of this backup, or the file was changed."
                        : "The backup was changed or cut."
                );
            }
            plain.Write(piece, 0, size);
            if (nextLength == 0)
                return;
            (box, next, length) = (next, box, nextLength);
        }
    }

    private static AesGcm Cipher(string passphrase, byte[] salt) =>
        new(new Argon2id(Cost).DeriveBytes(Encoding.UTF8.GetBytes(passphrase), salt, 32), TagSize);

    private static byte[] Nonce(uint number, bool last)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(nonce, number);
        nonce[^1] = last ? (byte)1 : (byte)0;
        return nonce;
    }
}
