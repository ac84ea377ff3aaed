package org.sallyport.app.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleContentTest {
    @Test
    void theFolderIsTheSameEverywhere(@TempDir Path first, @TempDir Path second) throws IOException {
        Path one = SampleContent.write(first);
        Path two = SampleContent.write(second);

        for (String name : new String[] {"READ ME.txt", "picture.png", "tone.wav"}) {
            assertThat(Files.mismatch(one.resolve(name), two.resolve(name))).as(name).isEqualTo(-1);
        }
    }

    @Test
    void thePictureIsAPngThatOthersCanRead() throws IOException {
        byte[] png = PngImage.encode(3, 2, (x, y) -> x * 0x640000 + y * 0x10);

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));

        assertThat(image.getWidth()).isEqualTo(3);
        assertThat(image.getHeight()).isEqualTo(2);
        assertThat(image.getRGB(2, 1) & 0xFFFFFF).isEqualTo(0xC80010);
    }

    @Test
    void theToneIsAsLongAsItsHeaderSays(@TempDir Path folder) throws IOException {
        Path tone = SampleContent.write(folder).resolve("tone.wav");

        ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(tone)).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(header.getInt(4)).isEqualTo((int) Files.size(tone) - 8);
        assertThat(header.getInt(40)).isEqualTo((int) Files.size(tone) - 44);
    }
}
