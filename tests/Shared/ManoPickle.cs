using System.Buffers.Binary;
using System.Text;
using Duomano.Core.Hands;

namespace Duomano.Tests;

/// <summary>
/// Writes a hand as Python 2 pickled MANO's: protocol 2, byte strings, NumPy arrays (some in column order, some big-endian), a SciPy
/// matrix by columns, and chumpy's selection of a larger array for the directions of build.
/// </summary>
internal sealed class ManoPickle
{
    private readonly List<byte> _code = [];

    /// <summary>The whole file.</summary>
    public static byte[] Write(ManoArrays mano)
    {
        var pickle = new ManoPickle();
        pickle.Raw(0x80, 2).Op("}q").Raw(0).Op("(");
        pickle.Bytes("bs_style").Bytes("lbs");
        pickle.Bytes("v_template").Floats([ManoArrays.VertexCount, 3], mano.Template, bigEndian: true);
        pickle.Bytes("f").UnsignedIntegers([mano.Faces.Length / 3, 3], Array.ConvertAll(mano.Faces, corner => (uint)corner));
        uint[] parents = [.. Enumerable.Range(0, HandJoint.Count).Select(joint => (uint)HandJoint.Parents[joint]), .. Enumerable.Range(0, HandJoint.Count).Select(joint => (uint)joint)];
        pickle.Bytes("kintree_table").UnsignedIntegers([2, HandJoint.Count], parents);
        pickle.Bytes("J_regressor").ByColumns(mano.JointRegressor, HandJoint.Count, ManoArrays.VertexCount);
        pickle.Bytes("weights").Floats([ManoArrays.VertexCount, HandJoint.Count], mano.Weights, columnOrder: true);
        pickle.Bytes("posedirs").Floats([ManoArrays.VertexCount, 3, ManoArrays.PoseFeatures], mano.PoseDirections);
        pickle.Bytes("shapedirs").Selection(mano.ShapeDirections);
        pickle.Bytes("hands_mean").Floats([45], mano.MeanPose);
        pickle.Bytes("hands_components").Floats([1, 45], mano.MeanPose);
        pickle.Op("u.");
        return [.. pickle._code];
    }

    public ManoPickle Raw(params ReadOnlySpan<byte> bytes)
    {
        _code.AddRange(bytes);
        return this;
    }

    public ManoPickle Op(string opcodes) => Raw(Encoding.Latin1.GetBytes(opcodes));

    public ManoPickle Bytes(string text) => Op("U").Raw((byte)text.Length).Op(text);

    public ManoPickle Int(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Op("J").Raw(bytes);
    }

    public ManoPickle Floats(int[] shape, double[] values, bool bigEndian = false, bool columnOrder = false)
    {
        var ordered = columnOrder ? ToColumns(values, shape) : values;
        var bytes = new byte[values.Length * 8];
        for (var i = 0; i < values.Length; i++)
        {
            if (bigEndian) BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(i * 8), ordered[i]);
            else BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * 8), ordered[i]);
        }

        return Ndarray(shape, "f8", bigEndian ? ">" : "<", columnOrder, bytes);
    }

    public ManoPickle UnsignedIntegers(int[] shape, uint[] values)
    {
        var bytes = new byte[values.Length * 4];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return Ndarray(shape, "u4", "<", false, bytes);
    }

    private ManoPickle Integers(int[] values)
    {
        var bytes = new byte[values.Length * 4];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return Ndarray([values.Length], "i4", "<", false, bytes);
    }

    private ManoPickle Ndarray(int[] shape, string type, string order, bool columnOrder, byte[] bytes)
    {
        Op("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK").Raw(0).Op("\x85U").Raw(1).Op("b\x87R(K").Raw(1).Op("(");
        foreach (var size in shape) Int(size);
        Op("tcnumpy\ndtype\n").Bytes(type).Op("K").Raw(0).Op("K").Raw(1).Op("\x87R(K").Raw(3).Bytes(order).Op("NNNJ").Raw(255, 255, 255, 255).Op("J").Raw(255, 255, 255, 255).Op("K").Raw(0).Op("tb");
        Raw(columnOrder ? (byte)0x88 : (byte)0x89);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return Op("T").Raw(length).Raw(bytes).Op("tb");
    }

    private ManoPickle ByColumns(double[] matrix, int rows, int columns)
    {
        var (data, indices, starts) = (new List<double>(), new List<int>(), new List<int> { 0 });
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < rows; row++)
            {
                if (matrix[row * columns + column] == 0) continue;
                data.Add(matrix[row * columns + column]);
                indices.Add(row);
            }

            starts.Add(data.Count);
        }

        Op("cscipy.sparse.csc\ncsc_matrix\n)\x81}(").Bytes("_shape").Int(rows).Int(columns).Op("\x86").Bytes("maxprint").Int(50);
        Bytes("indptr").Integers([.. starts]).Bytes("indices").Integers([.. indices]).Bytes("data").Floats([data.Count], [.. data]);
        return Op("ub");
    }

    // chumpy keeps shapedirs as those numbers of a larger array (here one of 12 directions) that belong to the first ten.
    private ManoPickle Selection(double[] values)
    {
        const int Kept = ManoArrays.ShapeLength;
        const int All = Kept + 2;
        var larger = new double[values.Length / Kept * All];
        var places = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            places[i] = i / Kept * All + i % Kept;
            larger[places[i]] = values[i];
        }

        Op("cchumpy.reordering\nSelect\n)\x81}(").Bytes("a").Op("cchumpy.ch\nCh\n)\x81}(").Bytes("x").Floats([values.Length / Kept / 3, 3, All], larger);
        Bytes("_dirty_vars").Op("c__builtin__\nset\n](").Bytes("x").Op("e\x85R").Op("ub");
        return Bytes("idxs").Integers(places).Bytes("preferred_shape").Int(ManoArrays.VertexCount).Int(3).Int(Kept).Op("\x87").Bytes("_itr").Op("Nub");
    }

    private static double[] ToColumns(double[] values, int[] shape)
    {
        var columns = new double[values.Length];
        for (var i = 0; i < values.Length; i++) columns[i % shape[1] * shape[0] + i / shape[1]] = values[i];
        return columns;
    }
}
