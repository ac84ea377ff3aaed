package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.DevicesPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.MemoryDevices;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.WindowTestCase;

/** What is drawn is read back as a camera would. */
class QrWindowTest extends WindowTestCase {
    @Override
    protected MemoryEngine library(MemoryEngine empty) {
        return empty;
    }

    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"LIGHT", "DARK"})
    void thePicturesSayWhatIsWrittenBesideThem(Theme theme) throws ReaderException {
        engine.changeSettings(engine.settings().withLook(new Settings.Look(theme, false)));
        new ShellPage(robot).untilDark(theme == Theme.DARK);
        DevicesPage devices = new DevicesPage(robot, stage).open();
        devices.showOwnQr();
        assertThat(read(devices.ownQr())).isEqualTo(MemoryDevices.id("This computer"));

        devices.add();
        devices.showCode();

        WritableImage picture = devices.codeQr();
        assertThat(read(picture)).isEqualTo(devices.code()).startsWith("SALLYPORT:");
        // four light modules all round, dark on light in every theme
        int corner = 0;
        while (picture.getPixelReader().getColor(corner, corner).equals(Color.WHITE)) {
            corner++;
        }
        assertThat(picture.getPixelReader().getColor(corner, corner)).isEqualTo(Color.BLACK);
        assertThat(corner).isGreaterThanOrEqualTo(4 * 3).isEqualTo(corner / 4 * 4);
        assertThat(picture.getWidth()).isGreaterThan(150);
    }

    private static String read(WritableImage image) throws ReaderException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)))).getText();
    }
}
